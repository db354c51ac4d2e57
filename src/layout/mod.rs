//! Pure geometry.
