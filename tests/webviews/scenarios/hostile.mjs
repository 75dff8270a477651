// Texts that a page must show as text.
export function hostile() {
  return [
    '<img src=x onerror="window.hacked=1">',
    "<script>window.hacked=1</script>",
    '"; DROP TABLE students; --',
    "it's `quoted` & &lt;escaped&gt;",
    "🙂👩‍👩‍👧 emoji",
    "\u202Eright to left override",
    "עברית ו-English ביחד",
    "javascript:window.hacked=1",
    "${window.hacked=1} {{hacked}}",
    "L".repeat(10_000),
  ];
}
