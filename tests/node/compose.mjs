// Composes subgraphs of Apollo Federation v2: `node compose.mjs NAME=FILE…`. Prints each error as a line of JSON, then the names of
// the supergraph's entities with the subgraphs that resolve them.
import { readFileSync } from "node:fs";
import { composeServices } from "@theguild/federation-composition";
import { parse } from "graphql";

const services = process.argv.slice(2).map((service) => {
  const [name, file] = service.split("=");
  return { name, typeDefs: parse(readFileSync(file, "utf8")), url: `http://${name}.example/graphql` };
});
const { errors = [], supergraphSdl } = composeServices(services);
for (const { message, extensions } of errors) console.log(JSON.stringify({ error: message, code: extensions?.code }));
if (supergraphSdl) {
  for (const definition of parse(supergraphSdl).definitions) {
    const keys = (definition.directives ?? [])
      .filter(({ name }) => name.value === "join__type")
      .map(({ arguments: given }) => Object.fromEntries(given.map(({ name, value }) => [name.value, value.value])))
      .filter(({ key }) => key);
    if (keys.length) console.log(JSON.stringify({ entity: definition.name.value, keys }));
  }
}
