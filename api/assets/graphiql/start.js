// Starts GraphiQL on this server's own endpoint. A file, not an inline script, so that a content security policy of
// script-src 'self' suffices.
const defaultQuery = `# Hand in the address of a film review:
#
# mutation {
#   submitReview(input: { url: "https://…" }) {
#     submission { id state }
#     userErrors { code message }
#   }
# }
#
# Then ask what the critics say. Ctrl-Space completes.

{
  films(first: 5) {
    nodes {
      title
      year
      directors { name }
      credits(roles: [ACTOR], first: 5) {
        nodes { character person { name } }
      }
      reviews(first: 3) {
        nodes { headline critic { name } rating { asPrinted score } }
      }
      reception { reviewCount mean }
    }
  }
}
`;

const url = new URL("/graphql", window.location.href);
const subscriptionUrl = new URL(url);
subscriptionUrl.protocol = url.protocol === "https:" ? "wss:" : "ws:";

ReactDOM.createRoot(document.getElementById("graphiql")).render(
  React.createElement(GraphiQL, {
    fetcher: GraphiQL.createFetcher({ url: url.href, subscriptionUrl: subscriptionUrl.href }),
    defaultQuery,
  }),
);
