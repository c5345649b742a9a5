// Follows a subscription with the reference client of a transport: `node follow.mjs ws|sse ENDPOINT DOCUMENT VARIABLES`. Prints
// each event as a line of JSON, and how each connection ended. Comes back after every cut with `after` set to the last event
// that it saw, for as long as it is let.
import { setTimeout as pause } from "node:timers/promises";
import { createClient as createEventsClient } from "graphql-sse";
import { createClient as createSocketClient } from "graphql-ws";
import { WebSocket } from "ws";

const [transport, endpoint, query, variables] = process.argv.slice(2);
const seen = JSON.parse(variables);
const say = (line) => console.log(JSON.stringify(line));

// Node's fetch may wait for ever where the connection breaks as it is made: nothing is told to it, and no socket is left. The
// server begins its answer at once, so that one that is late is lost.
const ANSWERED_WITHIN_MS = 5_000;

async function answered(url, options) {
  const late = new AbortController();
  const timer = setTimeout(() => late.abort(), ANSWERED_WITHIN_MS);
  try {
    return await fetch(url, { ...options, signal: AbortSignal.any([options.signal, late.signal]) });
  } finally {
    clearTimeout(timer);
  }
}

function client() {
  if (transport === "sse") return createEventsClient({ url: endpoint, retryAttempts: 0, fetchFn: answered });
  return createSocketClient({ url: endpoint.replace("http", "ws"), webSocketImpl: WebSocket, retryAttempts: 0 });
}

for (;;) {
  try {
    for await (const { data, errors } of client().iterate({ query, variables: seen })) {
      if (errors) say({ errors });
      for (const event of Object.values(data ?? {})) {
        say({ event });
        seen.after = event.sequence ?? event.id;
      }
    }
    say({ ended: "complete" });
    break;
  } catch (error) {
    if (Array.isArray(error)) {
      say({ refused: error });
      break;
    }
    say({ cut: error.code ?? String(error) });
  }
  await pause(50);
}
