#!/usr/bin/env bash
# Takes GraphiQL and React out of npm, at the versions and hashes of package-lock.json, and puts the files that the
# server embeds beside this script, with their licences and SHA256SUMS. Only for whoever changes a version: the results
# are checked in, and neither the build nor the server fetches anything.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

workshop=$(mktemp -d)
trap 'rm -rf "$workshop"' EXIT
cp package.json package-lock.json "$workshop"
# Install scripts are somebody else's code, and nothing here needs them.
npm ci --prefix "$workshop" --ignore-scripts --no-audit --no-fund

modules=$workshop/node_modules
cp "$modules/graphiql/graphiql.min.js" "$modules/graphiql/graphiql.min.css" .
cp "$modules/react/umd/react.production.min.js" "$modules/react-dom/umd/react-dom.production.min.js" .
# The bundle points at a source map of four megabytes that is not shipped: browsers would ask the server for it in vain.
sed -i.bak '/^\/\/# sourceMappingURL=/d' graphiql.min.js
rm graphiql.min.js.bak
node licences.mjs "$modules" > LICENCES.txt

sha256sum graphiql.min.css graphiql.min.js react-dom.production.min.js react.production.min.js LICENCES.txt > SHA256SUMS
cat SHA256SUMS
