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
mod batch;
mod clock;
mod drift;
mod envelope;
mod establishment;
mod import;
mod key;
mod operator;
mod ops;
mod otp;
mod passcode;
mod pin;
mod random;
mod store;
mod throttle;
mod user;
mod vault;
