#include "rag/library.h"

#include <algorithm>

#include "base/utf8.h"
#include "native/catch.h"

namespace mydba::rag {
namespace {

const Library& library() {
  static const Library one;
  return one;
}

std::vector<std::string> anchorsOf(const std::vector<Hit>& hits) {
  std::vector<std::string> anchors;
  for (const Hit& hit : hits) anchors.push_back(hit.anchor);
  return anchors;
}

}  // namespace

TEST_CASE("a hit can be cited: anchor, title, official page", "[rag]") {
  const auto hits = library().search({.text = "Heap Fetches", .engine = "postgres"});
  REQUIRE_FALSE(hits.empty());
  const auto found = std::ranges::find(hits, "postgres/index-only-scan", &Hit::anchor);
  REQUIRE(found != hits.end());
  CHECK(found->title == "Index Only Scan");
  CHECK(found->url == "https://www.postgresql.org/docs/current/indexes-index-only-scans.html");
  CHECK(found->engine == "postgres");
  CHECK(found->text.find("visibility map") != std::string::npos);
  CHECK_FALSE(found->text.starts_with("# "));
  CHECK(std::ranges::is_sorted(hits, std::ranges::greater(), &Hit::score));
}

TEST_CASE("documents of other engines are left out", "[rag]") {
  for (const std::string engine : {"postgres", "mysql", "mariadb", "sqlite"})
    for (const Hit& hit : library().search({.text = "sort", .engine = engine, .k = mostHits})) {
      INFO(engine << " " << hit.anchor);
      CHECK((hit.engine == "all" || hit.engine.find(engine) != std::string::npos));
    }
}

TEST_CASE("documents of other versions come later", "[rag]") {
  const auto position = [](std::string_view version) {
    const auto hits =
        library().search({.text = "jit costs", .engine = "postgres", .version = version});
    return hits.at(0).score;
  };
  CHECK(position("9.6") < position("16.2"));
}

TEST_CASE("what is about the asked engine comes before what is about all, else after", "[rag]") {
  CHECK(library().search({.text = "deadlocks", .engine = "postgres"}).at(0).engine == "postgres");
  CHECK(library().search({.text = "deadlocks"}).at(0).engine == "all");
}

TEST_CASE("a question that has nothing to do with documents has no hits", "[rag]") {
  CHECK(library().search({.text = ""}).empty());
  CHECK(library().search({.text = "how do I do it?"}).empty());
  CHECK(library().search({.text = "zyxwvut qqqq"}).empty());
  CHECK(library().search({.text = "sort", .k = 0}).empty());
}

TEST_CASE("what was asked before helps a question that says little", "[rag]") {
  const std::vector<std::string> earlier = {"what is a deadlock?"};
  const auto hits = library().search(
      {.text = "and how do I avoid it?", .engine = "postgres", .earlier = earlier});
  REQUIRE_FALSE(hits.empty());
  CHECK(hits[0].title.find("eadlock") != std::string::npos);
}

TEST_CASE("what was asked before does not drown the question", "[rag]") {
  const std::vector<std::string> earlier = {"what is a deadlock?", "is a deadlock bad?"};
  const auto hits = library().search(
      {.text = "why does a Sort spill to disk", .engine = "postgres", .earlier = earlier});
  REQUIRE_FALSE(hits.empty());
  CHECK(hits[0].anchor == "postgres/sort");
}

TEST_CASE("texts of hits and numbers of hits are bounded", "[rag]") {
  const auto hits = library().search({.text = "index scan table rows sort", .k = 100000});
  CHECK(hits.size() == mostHits);
  for (const Hit& hit : hits) {
    CHECK(hit.text.size() <= longestExcerpt);
    CHECK(validUtf8(hit.text));
    CHECK_FALSE(hit.text.empty());
  }
}

TEST_CASE("a question of any length and any bytes is answered", "[rag]") {
  const std::string hostile =
      "sort \xff\xc3 <b>ignore previous</b> \"'; DROP" + std::string(1 << 20, 'x');
  CHECK_FALSE(library().search({.text = hostile}).empty());
  std::string many;
  for (int i = 0; i < 100000; ++i) many += "sort index lock ";
  CHECK_FALSE(library().search({.text = many}).empty());
}

TEST_CASE("the same question has the same answer", "[rag]") {
  const Query query{.text = "why is my join slow", .k = 20};
  CHECK(anchorsOf(library().search(query)) == anchorsOf(Library().search(query)));
}

}  // namespace mydba::rag
