//! Reads and validates what a page hands over.
