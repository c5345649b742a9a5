// A client's program on the generated types: it is compiled, not run. Where the types lost what the schema says, it would not
// compile, or an expected error would be missing.
import type { AnythingQuery, EventsSubscription, FilmsQuery, FilmsQueryVariables, SubmitMutation } from "./operations.js";
import type { CreditRole, Film } from "./schema.js";

export const variables: FilmsQueryVariables = {
  first: 5,
  filter: { year: { gte: 2000 }, genre: "Drama" },
  orderBy: { field: "TITLE" },
};

export const roles: CreditRole[] = ["ACTOR", "DIRECTOR"];

export function heading({ title, originalTitle }: Film): string {
  return originalTitle == null ? title : `${title} (${originalTitle})`;
}

export function titles(answer: FilmsQuery): string[] {
  return answer.films.nodes.map((film) => `${film.title} (${film.year ?? "?"}), ${film.directors.map(({ name }) => name)}`);
}

export function scores(answer: FilmsQuery): number[] {
  return answer.films.nodes.flatMap((film) => film.reviews.nodes.flatMap(({ rating }) => rating?.score ?? []));
}

export function name(answer: AnythingQuery): string | null {
  switch (answer.node?.__typename) {
    case "Film":
      return answer.node.title;
    case "Person":
      return answer.node.name;
    default:
      return null;
  }
}

export function problems({ submitReview }: SubmitMutation): string[] {
  return submitReview.userErrors.map(({ code, message }) => `${code}: ${message}`);
}

export function last(events: EventsSubscription[]): number {
  return Math.max(0, ...events.map(({ submissionEvents }) => submissionEvents.sequence));
}

// @ts-expect-error `first` must be given
export const incomplete: FilmsQueryVariables = { filter: null };

export function year(answer: FilmsQuery): (number | undefined)[] {
  // @ts-expect-error a film's year may be null
  return answer.films.nodes.map((film) => film.year);
}

// @ts-expect-error there is no such role
export const unknown: CreditRole = "STUNTS";
