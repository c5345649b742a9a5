// Prints the licence of every package whose code stands in the checked-in bundles, as the bundle's source map names them.
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";

const modules = process.argv[2];
const map = JSON.parse(readFileSync(join(modules, "graphiql/graphiql.min.js.map"), "utf8"));

// GraphiQL's own packages are built from their folders in its repository, so the map does not give their npm names.
const names = new Set([
  "graphiql", "@graphiql/react", "@graphiql/toolkit", "@graphiql/plugin-doc-explorer", "@graphiql/plugin-history",
  "codemirror-graphql", "graphql-language-service", "react", "react-dom", "scheduler", "@fontsource/fira-code",
]);
for (const source of map.sources) {
  const inside = source.match(/.*node_modules\/((?:@[^/]+\/)?[^/]+)/);
  if (inside) names.add(inside[1]);
}

console.log("GraphiQL and React, as embedded in Marquee, contain the packages below. The style sheet also embeds the fonts");
console.log("Fira Code (SIL Open Font License 1.1, below) and Roboto (Apache License 2.0, as under @react-aria/focus).");
for (const name of [...names].sort()) {
  const folder = join(modules, name);
  if (!existsSync(folder)) {
    // The bundle was built from older versions of some families, with members that have since been folded into others.
    const scope = name.split("/")[0];
    if (scope === name || !existsSync(join(modules, scope))) throw new Error(`${name} is bundled but not installed`);
    console.log(`\n${"=".repeat(100)}\n${name}\n\nUnder the licence of the other packages of ${scope}, here.`);
    continue;
  }
  const about = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const file = readdirSync(folder).find((entry) => /^licen[sc]e/i.test(entry));
  console.log(`\n${"=".repeat(100)}\n${name} ${about.version} (${about.license})\n`);
  console.log(file ? readFileSync(join(folder, file), "utf8").trim() : "The package ships no licence text of its own.");
}
