import assert from "node:assert/strict";
import { test } from "node:test";
import { summary } from "../../../webviews/__id__/layout.js";

test("the page says what it was given", () => {
  assert.notEqual(summary({ title: "shown" }), "");
});
