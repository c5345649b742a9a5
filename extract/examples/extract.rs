//! Prints what a page says, as `marquee extract` does: `extract [--evidence] --url URL FILE`.

use std::io::Write;
use std::process::ExitCode;

fn main() -> ExitCode {
    let mut url = String::new();
    let mut file = None;
    let mut evidence = false;
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--url" => url = arguments.next().unwrap_or_default(),
            "--evidence" => evidence = true,
            _ => file = Some(argument),
        }
    }
    let Some(bytes) = file.and_then(|file| std::fs::read(file).ok()) else { return ExitCode::FAILURE };
    let extraction = extract::extract(extract::Page { bytes: &bytes, content_type: None, url: &url });
    let printed = format!("{:#}\n", extract::to_json(&extraction, evidence));
    match std::io::stdout().write_all(printed.as_bytes()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(_) => ExitCode::FAILURE,
    }
}
