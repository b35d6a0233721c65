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
mod clock;
mod establishment;
mod key;
mod otp;
mod random;
mod user;
