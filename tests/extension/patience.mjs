// How the tests wait: for what is to be seen, as long as a slow machine needs. Nothing sleeps.

/** Most of a single wait: what a fast machine shows at once takes a busy one many seconds. */
export const waitMs = 120_000;
/** A gesture of which nothing came by then is made again. */
const againMs = 20_000;
const lookMs = 50;

/** Polls until `look` gives something; its last answer is the result. */
export async function until(look, what, timeout = waitMs) {
  for (
    const end = Date.now() + timeout;
    ;
    await new Promise((resolve) => setTimeout(resolve, lookMs))
  ) {
    const found = await look();
    if (found) return found;
    if (Date.now() > end) throw new Error(`waited in vain for ${what}`);
  }
}

/**
 * Makes a gesture until its effect is seen, as a person does of whom the editor took no notice: a list
 * closed because the focus went elsewhere, a row was replaced under the pointer. It must be one that may
 * be made twice. `gesture` gets the time that one try has.
 */
export async function insist(what, gesture, seen) {
  for (const end = Date.now() + waitMs; ;) {
    try {
      await gesture(againMs);
      return await until(seen, "its effect", againMs);
    } catch (error) {
      // An effect that came late is one.
      const found = await seen();
      if (found) return found;
      if (Date.now() > end) throw new Error(`in vain: ${what}: ${error.message}`);
    }
  }
}
