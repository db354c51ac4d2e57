//! Words and numbers in Korean and English.
