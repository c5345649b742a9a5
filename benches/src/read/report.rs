//! The tables that are printed.

use std::time::Duration;

use benches::reading::Query;

use crate::turns::{Measured, Turn};

/// What each query costs on both sides, and how much of the ceiling is reached.
pub(crate) fn queries(measured: &[(Query, Vec<Measured>)], database_is_apart: bool) {
    println!("\nCPU time per request in µs; where the database runs inside the server, it is the server's");
    println!(
        "{:<24}{:<9}{:>9}{:>9}{:>9}{:>10}{:>10}   of the ceiling: CPU, throughput",
        "query", "server", "req/s", "p50 ms", "p99 ms", "server", "database"
    );
    for (query, sides) in measured {
        let [marquee, ceiling] = sides.as_slice() else {
            continue;
        };
        let cpu = Ratio::of(&ceiling.turns, &marquee.turns, Turn::cpu);
        let throughput = Ratio::of(&marquee.turns, &ceiling.turns, |turn| turn.per_second);
        line(query.label(), "marquee", marquee, database_is_apart);
        println!("   {cpu}, {throughput}");
        line("", "ceiling", ceiling, database_is_apart);
        println!();
    }
}

/// What a page costs at each depth, beside the first page.
pub(crate) fn depths(depths: &[usize], measured: &[Measured], database_is_apart: bool) {
    let counted = if database_is_apart { "database" } else { "server and database" };
    println!("\n{:<24}{:>38}{:>10}{:>10}   times the first page: CPU of {counted}", "rows before the page", "", "", "");
    let cost = |turn: &Turn| if database_is_apart { turn.database.as_secs_f64() } else { turn.cpu() };
    let Some(first) = measured.first() else {
        return;
    };
    for (depth, measured) in depths.iter().zip(measured) {
        line(&depth.to_string(), "marquee", measured, database_is_apart);
        println!("   {}", Ratio::of(&measured.turns, &first.turns, cost));
    }
}

fn line(label: &str, side: &str, measured: &Measured, database_is_apart: bool) {
    let median = |of: fn(&Turn) -> f64| middle(measured.turns.iter().map(of).collect());
    let database = match database_is_apart {
        true => format!("{:.0}", median(|turn| turn.database.as_secs_f64()) * 1e6),
        false => "-".to_owned(),
    };
    let server = median(|turn| turn.server.as_secs_f64()) * 1e6;
    let (p50, p99) = (at(&measured.times, 0.5), at(&measured.times, 0.99));
    let per_second = median(|turn| turn.per_second);
    print!("{label:<24}{side:<9}{per_second:>9.0}{p50:>9.2}{p99:>9.2}{server:>10.0}{database:>10}");
}

/// One number by another, round by round.
struct Ratio {
    median: f64,
    lowest: f64,
    highest: f64,
}

impl Ratio {
    fn of(these: &[Turn], those: &[Turn], what: impl Fn(&Turn) -> f64) -> Self {
        let ratios: Vec<f64> = these.iter().zip(those).map(|(this, that)| what(this) / what(that)).collect();
        let lowest = ratios.iter().copied().fold(f64::INFINITY, f64::min);
        let highest = ratios.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        Self { median: middle(ratios), lowest, highest }
    }
}

impl std::fmt::Display for Ratio {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "{:.2} ({:.2} to {:.2})", self.median, self.lowest, self.highest)
    }
}

fn middle(mut numbers: Vec<f64>) -> f64 {
    numbers.sort_by(f64::total_cmp);
    numbers.get(numbers.len() / 2).copied().unwrap_or(f64::NAN)
}

/// Milliseconds below which that share of the sorted times lies.
fn at(times: &[Duration], share: f64) -> f64 {
    let index = ((times.len() as f64 * share).ceil() as usize).saturating_sub(1);
    times.get(index).map_or(f64::NAN, |time| time.as_secs_f64() * 1e3)
}
