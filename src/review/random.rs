//! What nobody can guess: the token of a server, and the names of page loads.

use crate::error::Error;
use crate::hex::hex;

/// Thirty-two hexadecimal digits that nobody can guess.
///
/// # Errors
/// Where the system gives no random bytes.
pub fn random() -> Result<String, Error> {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes).map_err(|error| Error::Internal(error.to_string()))?;
    Ok(hex(&bytes))
}
