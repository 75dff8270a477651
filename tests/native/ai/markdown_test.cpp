#include "ai/markdown.h"

#include "native/catch.h"

using mydba::ai::codeBlock;
using mydba::ai::escaped;

TEST_CASE("punctuation of database text is escaped") {
  CHECK(escaped("orders") == "orders");
  CHECK(escaped("<img src=x>") == "\\<img src\\=x\\>");
  CHECK(escaped("[a](http://b.c)") == "\\[a\\]\\(http\\:\\/\\/b\\.c\\)");
  CHECK(escaped("a|b`c*d_e") == "a\\|b\\`c\\*d\\_e");
  CHECK(escaped("two\nlines\x1b") == "two lines ");
}

TEST_CASE("right-to-left text is isolated and cannot end its isolate") {
  CHECK(escaped("שלום") == "\u2068שלום\u2069");
  CHECK(escaped("a\u202Eb\u2069c") == "\u2068abc\u2069");
}

TEST_CASE("long text is cut at a character") {
  CHECK(escaped(std::string(300, 'x')) == std::string(200, 'x') + "…");
  CHECK(escaped("aé", 2) == "a…");
  CHECK(escaped("日本", 4) == "\u2068日…\u2069");
}

TEST_CASE("a code block cannot be closed from inside") {
  CHECK(codeBlock("sql", "SELECT 1") == "\n```sql\nSELECT 1\n```\n");
  CHECK(codeBlock("", "a\n````\nb") == "\n`````\na\n````\nb\n`````\n");
}
