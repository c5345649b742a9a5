# Both binaries in one image; docker-compose.yml says which of them runs.
FROM rust:1.95-slim-trixie AS build
RUN apt-get update && apt-get install --yes --no-install-recommends gcc libc6-dev && rm -rf /var/lib/apt/lists/*
WORKDIR /marquee
COPY . .
RUN cargo build --release --locked --package api --package worker --bins

FROM debian:trixie-slim
RUN useradd --system --create-home --home-dir /var/lib/marquee marquee
COPY --from=build /marquee/target/release/marquee /marquee/target/release/marquee-worker /usr/local/bin/
COPY LICENSE-MIT LICENSE-APACHE /usr/share/doc/marquee/
USER marquee
WORKDIR /var/lib/marquee
CMD ["marquee", "serve"]
