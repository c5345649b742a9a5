// Runs the GraphQL-over-HTTP audit, the reference implementation's own, against the server at the given endpoint and prints
// each result as a line of JSON. Judges nothing: what passes is for the test to say.
import { serverAudits } from "graphql-http";

const [endpoint] = process.argv.slice(2);
for (const audit of serverAudits({ url: endpoint })) {
  const { id, name, status, reason } = await audit.fn();
  console.log(JSON.stringify({ id, name, status, reason }));
}
