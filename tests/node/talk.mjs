// Says things over WebSockets as they stand in the given cases, right or wrong, and prints what came back:
// `node talk.mjs ENDPOINT '[{"name": …, "send": [text, …], …}]'`. The texts of `send` go out at once, then one of `long` bytes where
// that is given; the socket is left open until the server closes it, or `until` messages have come.
import { WebSocket } from "ws";

const [endpoint, cases] = process.argv.slice(2);
const PATIENCE_MS = 20_000;

function talk({ name, protocols = ["graphql-transport-ws"], headers = {}, send = [], long = 0, until = Infinity, binary = false }) {
  return new Promise((resolve) => {
    const socket = new WebSocket(endpoint.replace("http", "ws"), protocols, { headers });
    const messages = [];
    const finish = (outcome) => {
      clearTimeout(late);
      socket.removeAllListeners();
      socket.on("error", () => {});
      socket.terminate();
      resolve({ name, messages, ...outcome });
    };
    const late = setTimeout(() => finish({ late: true }), PATIENCE_MS);
    socket.on("open", () => {
      for (const text of send) socket.send(binary ? Buffer.from(text) : text);
      if (long > 0) socket.send("x".repeat(long));
    });
    socket.on("message", (data) => {
      messages.push(JSON.parse(String(data)));
      if (messages.length >= until) finish({});
    });
    socket.on("unexpected-response", (_request, response) => {
      let body = "";
      response.on("data", (part) => (body += part));
      response.on("end", () => finish({ status: response.statusCode, body: JSON.parse(body) }));
    });
    socket.on("close", (code, reason) => finish({ code, reason: String(reason) }));
    socket.on("error", (error) => finish({ error: String(error) }));
  });
}

for (const one of JSON.parse(cases)) console.log(JSON.stringify(await talk(one)));
