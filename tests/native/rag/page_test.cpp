#include "rag/page.h"

#include "native/catch.h"
#include "rag/html.h"

using namespace mydba;

namespace {

std::string read(const std::string& html, const std::string& fragment = "") {
  const auto text = rag::readPage(html, fragment, {});
  INFO((text ? "" : text.error().message));
  REQUIRE(text);
  return *text;
}

std::string repeated(const std::string& text, int times) {
  std::string all;
  for (int i = 0; i < times; ++i) all += text;
  return all;
}

/// As the manuals build theirs: menus, a title, sections of either kind, settings, numbered errors.
const std::string manual = R"(<!doctype html><html><head><title>Manual</title>
<script>steal()</script><style>p { color: red }</style></head><body>
<nav><h1>All manuals</h1></nav><header>Search</header><form>Find <input value=x></form>
<h1>Vacuum</h1><p>Removes dead rows.</p>
<a name="why"></a><h2>Why <a href="#why">#</a></h2><p>Rows stay
   behind.<p>They take space.
<h3>When</h3><p>Always.</p>
<h2>How</h2><pre>
VACUUM <b>t</b>;
  -- ``` not a fence
</pre>
<div class="sect2" id="PARALLEL"><div><h3>In parallel</h3></div><p>By index.</p><h4>Limits</h4>
<p>Workers.</p></div><p>Back in How.</p>
<dl><dt id="COST"><code>cost_delay</code> (integer)</dt><dd><p>Pauses.</p></dd>
<dt id="LIMIT"><code>cost_limit</code><dt><code>old_limit</code><dd>Spends.</dd></dl>
<ul><li><a name="error_1205"></a>Error <b>1205</b><ol><li>Wait</li><li>Retry</li></ol><p>Or not.</p>
</li><li>Error 1213</li></ul>
<table><caption>Modes</caption><tr><th>Name<th>Locks | waits<tr><td>plain<td><p>none</p><p>at all</p></table>
<footer>Copyright</footer></body></html>)";

}  // namespace

TEST_CASE("of a page its main part is read, as blocks of our own", "[page]") {
  CHECK(read(manual) == R"(### Vacuum

Removes dead rows\.

#### Why

Rows stay behind\.

They take space\.

##### When

Always\.

#### How

````
VACUUM t;
  -- ``` not a fence
````

##### In parallel

By index\.

###### Limits

Workers\.

Back in How\.

**cost\_delay \(integer\)**

Pauses\.

**cost\_limit**

**old\_limit**

Spends\.

- Error 1205

  1. Wait

  2. Retry

  Or not\.

- Error 1213

Modes

| Name | Locks \| waits |
| --- | --- |
| plain | none at all |
)");
}

TEST_CASE("what a page calls its main part is read alone", "[page]") {
  CHECK(read("<body><p>menu<main><p>text</main><p>more") == "text\n");
  CHECK(read("<body>menu<div id=docs-body>text</div>more") == "text\n");
}

TEST_CASE("the section that an address names is read alone", "[page]") {
  CHECK(read(manual, "why") ==
        "#### Why\n\nRows stay behind\\.\n\nThey take space\\.\n\n##### When\n\nAlways\\.\n");
  CHECK(read(manual, "PARALLEL") ==
        "##### In parallel\n\nBy index\\.\n\n###### Limits\n\nWorkers\\.\n");
  CHECK(read(manual, "COST") == "**cost\\_delay \\(integer\\)**\n\nPauses\\.\n");
  CHECK(read(manual, "LIMIT") == "**cost\\_limit**\n\n**old\\_limit**\n\nSpends\\.\n");
  CHECK(read(manual, "error_1205") == "- Error 1205\n\n  1. Wait\n\n  2. Retry\n\n  Or not\\.\n");
  CHECK(read(manual, "renamed") == read(manual));
}

TEST_CASE("nothing of a page is live in what is read of it", "[page]") {
  CHECK(read(R"(<p><a href="https://evil.example">here</a><img src=x onerror=y alt=z>
      [a](https://evil.example) ![b](x) &lt;script&gt;alert(1)&lt;/script&gt; <https://evil.example>
      www.evil.example a@evil.example `code` **c** &amp;#x3c; &lt;!-- <iframe src=q>e</iframe>
      <svg><script>s</script></svg><object>o</object><template>t</template>)") ==
        R"(here \[a\]\(https\:\/\/evil\.example\) \!\[b\]\(x\) \<script\>alert\(1\)\<\/script\> )"
        R"(www\.evil\.example a\@evil\.example \`code\` \*\*c\*\* \&\#x3c\; \<\!\-\-)"
        "\n");
  // What would start a block at the start of a line.
  for (const std::string text :
       {"# a", "- a", "1. a", "> a", "===", "---", "| a |", "    a", "~~~"}) {
    INFO(text);
    const std::string shown = read("<p>" + text + "</p><ul><li>" + text + "</ul>");
    CHECK(shown.find("\n" + text) == std::string::npos);
    CHECK_FALSE(shown.starts_with(text));
    CHECK(shown.find("- " + text) == std::string::npos);
  }
  CHECK(read("<pre>a\n```\n<b>[x](y)</b>&#1;\n````</pre>") ==
        "`````\na\n```\n[x](y)\n````\n`````\n");
  CHECK(read("<p>a\xE2\x80\xAE"
             "b")
            .find("\xE2\x80\xAE") == std::string::npos);
}

TEST_CASE("a long page is cut with a word about it", "[page]") {
  for (const std::string& html :
       {repeated("<p>" + std::string(900, 'a'), 200),
        "<table>" + repeated("<tr><td>" + std::string(900, 'a'), 200) + "</table>",
        repeated("<pre>" + std::string(20'000, 'a') + "</pre>", 20)}) {
    const std::string text = read(html);
    CHECK(text.size() > 40'000);
    CHECK(text.size() < 66'000);
    CHECK(text.find("The page goes on.") != std::string::npos);
  }
}

TEST_CASE("a page may be nested as deep as it likes", "[page]") {
  CHECK(read(repeated("<x>", 200'000) + "deep") == "deep\n");
  CHECK(read(repeated("<div>", 5'000) + "deep") == "deep\n");
  CHECK(read(repeated("<ul><li>a", 2'000)).size() > 2'000);
  CHECK(read(repeated("<table><tr><td>", 5'000) + "deep").find("deep") != std::string::npos);
  CHECK(read(repeated("<pre>", 5'000) + "deep") == "```\ndeep\n```\n");
}

TEST_CASE("a page that is made to be slow or large is given up", "[page]") {
  // Each `<div>` looks through all that are open for a `<p>` to close.
  const std::string slow = repeated("<div>", 100'000);
  const auto timed = rag::HtmlTree::parse(slow, {}, {.time = std::chrono::milliseconds(50)});
  REQUIRE_FALSE(timed);
  CHECK(timed.error().code == ErrorCode::tooLarge);
  CHECK_FALSE(timed.error().hint.empty());
  const auto large = rag::HtmlTree::parse(repeated("<p>a", 100'000), {}, {.memory = 4 << 20});
  REQUIRE_FALSE(large);
  CHECK(large.error().code == ErrorCode::tooLarge);

  CancelSource source;
  source.cancel(CancelReason::user);
  const auto cancelled = rag::readPage(slow, "", source.token());
  REQUIRE_FALSE(cancelled);
  CHECK(cancelled.error().code == ErrorCode::cancelled);
}

TEST_CASE("a page without text says so", "[page]") {
  for (const char* html : {"", "<script>render()</script>", "<body><nav>menu</nav>"}) {
    const auto text = rag::readPage(html, "", {});
    REQUIRE_FALSE(text);
    CHECK(text.error().code == ErrorCode::unsupported);
    CHECK_FALSE(text.error().hint.empty());
  }
  const auto frames = rag::readPage("<html><FrameSet><frame src=a></frameset>", "", {});
  REQUIRE_FALSE(frames);
  CHECK(frames.error().message.find("frames") != std::string::npos);
}
