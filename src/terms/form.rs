//! Labels of declaration forms and the stable keys that they are published under.
