// Follows a subscription with the reference client of a transport: `node follow.mjs ws|sse ENDPOINT DOCUMENT VARIABLES`. Prints
// each event as a line of JSON, and how each connection ended. Comes back after every cut with `after` set to the last event
// that it saw, for as long as it is let.
import { setTimeout } from "node:timers/promises";
import { createClient as createEventsClient } from "graphql-sse";
import { createClient as createSocketClient } from "graphql-ws";
import { WebSocket } from "ws";

const [transport, endpoint, query, variables] = process.argv.slice(2);
const seen = JSON.parse(variables);
const say = (line) => console.log(JSON.stringify(line));

function client() {
  if (transport === "sse") return createEventsClient({ url: endpoint, retryAttempts: 0 });
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
  await setTimeout(50);
}
