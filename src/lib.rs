//! placeholder
#![cfg_attr(
    test,
    allow(
        clippy::arithmetic_side_effects,
        clippy::cast_possible_truncation,
        clippy::cast_possible_wrap,
        clippy::cast_sign_loss
    )
)]
mod activation;
mod audit;
mod clock;
mod drift;
mod envelope;
mod establishment;
mod key;
mod operator;
mod otp;
mod passcode;
mod pin;
mod random;
mod throttle;
mod user;
mod vault;
