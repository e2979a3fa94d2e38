//! Confidential ballots: encrypted to the secretariat's key on their way back (the age format, x25519).
//!
//! The secret half of a key lies in a file that a passphrase protects. Nothing of a ballot can be read without both.

use crate::both;
use crate::locale::Both;
use age::secrecy::{ExposeSecret, SecretString};
use age::{scrypt, x25519};

/// The secretariat's key, opened.
#[derive(Clone)]
pub struct Key(x25519::Identity);

impl std::fmt::Debug for Key {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Key").field(&self.public()).finish()
    }
}

/// Why something could not be encrypted or decrypted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyError {
    /// The text is no public key.
    NotPublicKey,
    /// The file is no key file, or the passphrase is another.
    NotOpened,
    /// The file is not encrypted to this key, or it is damaged.
    NotDecrypted,
    /// Encrypting failed.
    NotEncrypted,
}

impl KeyError {
    /// The sentence to show.
    pub fn message(self) -> Both {
        match self {
            Self::NotPublicKey => both!(
                "公開鍵として読めません。age1 で始まる文字列をそのまま貼り付けてください。",
                "This is no public key; paste the text that begins with age1 as it is."
            ),
            Self::NotOpened => both!(
                "鍵ファイルを開けません。合言葉か、指定したファイルを確かめてください。",
                "The key file cannot be opened; check the passphrase and that it is the right file."
            ),
            Self::NotDecrypted => both!(
                "復号できません。この事務局の鍵で暗号化されていないか、途中で壊れています。送り直してもらってください。",
                "It cannot be decrypted: it was encrypted to another key, or is damaged. Ask for it to be sent again."
            ),
            Self::NotEncrypted => both!(
                "暗号化できませんでした。もう一度お試しください。",
                "It could not be encrypted; please try again."
            ),
        }
    }
}

impl Key {
    /// A new key.
    pub fn generate() -> Self {
        Self(x25519::Identity::generate())
    }

    /// The public half, to which members encrypt: `age1…`.
    pub fn public(&self) -> String {
        self.0.to_public().to_string()
    }

    /// The key as a file that only the passphrase opens.
    ///
    /// # Errors
    /// If the system gives no randomness.
    pub fn protected(&self, passphrase: &str) -> Result<Vec<u8>, KeyError> {
        let recipient = scrypt::Recipient::new(SecretString::from(passphrase.to_owned()));
        let secret = self.0.to_string();
        age::encrypt(&recipient, secret.expose_secret().as_bytes()).map_err(|_| KeyError::NotEncrypted)
    }

    /// Opens a key file.
    ///
    /// # Errors
    /// If it is none, or the passphrase is another.
    pub fn open(file: &[u8], passphrase: &str) -> Result<Self, KeyError> {
        let mut identity = scrypt::Identity::new(SecretString::from(passphrase.to_owned()));
        // A file made to be slow is refused rather than worked on for hours.
        identity.set_max_work_factor(22);
        let secret = age::decrypt(&identity, file).map_err(|_| KeyError::NotOpened)?;
        let secret = std::str::from_utf8(&secret).map_err(|_| KeyError::NotOpened)?;
        secret.trim().parse().map(Self).map_err(|_| KeyError::NotOpened)
    }
}

/// Whether these bytes are an encrypted file.
pub fn is_encrypted(bytes: &[u8]) -> bool {
    bytes.starts_with(b"age-encryption.org/v1")
}

/// Encrypts to a public key.
///
/// # Errors
/// If the text is no public key.
pub fn encrypt(bytes: &[u8], public: &str) -> Result<Vec<u8>, KeyError> {
    let recipient: x25519::Recipient = public.trim().parse().map_err(|_| KeyError::NotPublicKey)?;
    age::encrypt(&recipient, bytes).map_err(|_| KeyError::NotEncrypted)
}

/// Decrypts with the secretariat's key.
///
/// # Errors
/// If it was encrypted to another key, or is damaged anywhere.
pub fn decrypt(bytes: &[u8], key: &Key) -> Result<Vec<u8>, KeyError> {
    age::decrypt(&key.0, bytes).map_err(|_| KeyError::NotDecrypted)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_key_opens_a_ballot_and_only_the_passphrase_the_key() {
        let key = Key::generate();
        let file = key.protected("合言葉").unwrap();
        assert!(!file.windows(10).any(|window| window == b"SECRET-KEY"));
        assert_eq!(Key::open(&file, "違う").unwrap_err(), KeyError::NotOpened);
        let opened = Key::open(&file, "合言葉").unwrap();
        assert_eq!(opened.public(), key.public());
        let sealed = encrypt("評点 0".as_bytes(), &key.public()).unwrap();
        assert!(is_encrypted(&sealed));
        assert_eq!(decrypt(&sealed, &opened).unwrap(), "評点 0".as_bytes());
        assert_eq!(decrypt(&sealed, &Key::generate()).unwrap_err(), KeyError::NotDecrypted);
        for at in 0..sealed.len() {
            let mut damaged = sealed.clone();
            damaged[at] ^= 1;
            assert!(decrypt(&damaged, &opened).is_err(), "{at}");
        }
        assert_eq!(encrypt(b"", "age1x").unwrap_err(), KeyError::NotPublicKey);
    }
}
