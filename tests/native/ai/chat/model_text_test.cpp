#include "ai/chat/model_text.h"

#include <string>
#include <vector>

#include "native/catch.h"

using mydba::ai::ModelText;

namespace {

struct Shown {
  std::string markdown;
  std::vector<std::string> sql;
};

/// The answer in pieces of `step` bytes.
Shown shown(std::string_view answer, std::size_t step) {
  Shown result;
  ModelText text({.show = [&](std::string piece) { result.markdown += piece; },
                  .sql = [&](std::string sql) { result.sql.push_back(std::move(sql)); },
                  .cited = [](int number) { return number == 1; }});
  for (std::size_t at = 0; at < answer.size(); at += step) text.feed(answer.substr(at, step));
  text.finish();
  return result;
}

}  // namespace

TEST_CASE("what a model says stays Markdown that can do nothing", "[ai][chat]") {
  const std::pair<std::string_view, std::string_view> cases[] = {
      {"**bold** and *thin*, `code`\n", "**bold** and *thin*, `code`\n"},
      {"# Title\n\n- a\n- b\n\n| a | b |\n", "# Title\n\n- a\n- b\n\n| a | b |\n"},
      {"[x](https://e.example)\n", "\\[x\\](https\\://e.example)\n"},
      {"![x](http://e.example)\n", "\\!\\[x\\](http\\://e.example)\n"},
      {"<img src=x>\n", "\\<img src=x\\>\n"},
      {"&lt;b&gt;\n", "\\&lt;b\\&gt;\n"},
      {"www.e.example a@e.example\n", "www\\.e.example a\\@e.example\n"},
      {"$$x$$ {{y}}\n", "\\$\\$x\\$\\$ \\{\\{y\\}\\}\n"},
      {"said so [1], and [9]\n", "said so \\[1\\], and \n"},
      {"an open ` tick [x](y)\n", "an open ' tick \\[x\\](y)\n"},
      {"``a ` b``\n", "`` a ` b ``\n"},
      {"```\n[x](y)\n```\n", "\n```\n[x](y)\n```\n"},
      {"~~~ text\n<b>\n~~~\n", "\n```text\n<b>\n```\n"},
      {"````\n```\n[x](y)\n````\n", "\n````\n```\n[x](y)\n````\n"},
      {"```\nnever closed [x](y)", "\n```\nnever closed [x](y)\n```\n"},
      {"zero\xE2\x80\x8Bwidth \xE2\x80\xAEturned\n", "zerowidth turned\n"},
  };
  for (const auto& [said, wanted] : cases)
    for (const std::size_t step : {1, 2, 3, 7, 1000}) {
      INFO("step " << step << ": " << said);
      CHECK(shown(said, step).markdown == wanted);
    }
}

TEST_CASE("SQL in a fence is heard, not shown", "[ai][chat]") {
  for (const std::size_t step : {1, 5, 1000}) {
    const Shown result = shown("Try:\n\n```SQL\nSELECT 1\n```\nDone.\n", step);
    CHECK(result.sql == std::vector<std::string>{"SELECT 1\n"});
    CHECK(result.markdown == "Try:\n\nDone.\n");
  }
}

TEST_CASE("long lines are shown as they come", "[ai][chat]") {
  std::string heard;
  ModelText text({.show = [&](std::string piece) { heard += piece; }, .sql = {}, .cited = {}});
  text.feed("This is a sentence that is long enough to be shown before ");
  CHECK(heard == "This is a sentence that is long enough to be shown before");
  text.feed(std::string(10000, '`'));
  text.finish();
  CHECK(heard.size() > 10000);
}
