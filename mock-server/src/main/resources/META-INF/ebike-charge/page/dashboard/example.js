// The first of the signed examples that travel with the contract: what the page shows and sends is written there alone.
const { examples } = await (await fetch(new URL('signed-examples.json', import.meta.url))).json();

/** As it stands on the wire, with the five lines that were signed. */
export const EXAMPLE = examples[0].request;

export const CONTRACT = EXAMPLE.target.split('/')[5];
export const SIGNATURE = /signature="([^"]*)"/.exec(EXAMPLE.headers.Authorization)[1];
