//! marquee
fn main() {}
