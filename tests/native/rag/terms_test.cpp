#include "rag/terms.h"

#include "native/catch.h"
#include "rag/pairs.h"
#include "rag/synonyms.h"

namespace mydba::rag {
namespace {

const StopWords stopWords("# comment\nhow do i the is\na it\n");

std::vector<std::string> termsOf(std::string_view text) {
  std::vector<std::string> terms;
  TermReader(stopWords).read(text, terms);
  return terms;
}

using Terms = std::vector<std::string>;

}  // namespace

TEST_CASE("words are their stems, and stop words none", "[rag]") {
  CHECK(termsOf("How do I see the blocking locks?") == Terms{"see", "block", "lock"});
  CHECK(termsOf("LOCKED") == Terms{"lock"});
  CHECK(termsOf("it doesn't; the server's disk — “full”") ==
        Terms{"doesn", "server", "disk", "full"});
}

TEST_CASE("names are whole and in parts", "[rag]") {
  CHECK(termsOf("innodb_buffer_pool_size") ==
        Terms{"innodbbufferpools", "innodb", "buffer", "pool", "size"});
  CHECK(termsOf("maxmemory-policy")[0] == termsOf("maxmemory_policy")[0]);
  CHECK(termsOf("read-only")[0] == termsOf("readonly")[0]);
  CHECK(termsOf("SeqScan") == Terms{"seqscan", "seq", "scan"});
  CHECK(termsOf("InnoDB PostgreSQL") == Terms{"innodb", "postgresql"});
  CHECK(termsOf("_id --jsonl") == Terms{"id", "jsonl"});
}

TEST_CASE("numbers and codes stay as they are", "[rag]") {
  CHECK(termsOf("SQLSTATE 40P01, ERROR 1205 in 8.0") ==
        Terms{"sqlstate", "40p01", "error", "1205", "in", "8.0"});
}

TEST_CASE("what is no text has no terms", "[rag]") {
  CHECK(termsOf("").empty());
  CHECK(termsOf("\xff\xfe -._ \xE2\x80 '''").empty());
  CHECK(termsOf(std::string(100, 'a')).empty());
  CHECK(termsOf("Größe") == Terms{"größe"});
}

TEST_CASE("synonyms go both ways, one-way ones to the right", "[rag]") {
  const Synonyms synonyms("# why\noom = out of memory\nvanish -> eviction\n", stopWords);
  CHECK(synonyms.of({"oom"}) == Terms{"out", "of", "memori"});
  CHECK(synonyms.of({"out", "of", "memori", "again"}) == Terms{"oom"});
  CHECK(synonyms.of({"vanish"}) == Terms{"evict"});
  CHECK(synonyms.of({"evict"}).empty());
  CHECK(synonyms.of({"out", "of"}).empty());
}

TEST_CASE("pairs are of terms near each other, in any order", "[rag]") {
  CHECK(pairsOf(Terms{"second", "server", "old", "data"}) ==
        Terms{"second server", "old second", "old server", "data server", "data old"});
  CHECK(pairsOf(Terms{"alone"}).empty());
  CHECK(pairsOf({}).empty());
}

TEST_CASE("a pair counts once, and not across phrases", "[rag]") {
  const std::vector<PassageText> passages = {
      {.title = "Replica", .words = "second server; server second; old data", .body = "data disk"},
      {.title = "Disk", .words = "second disk; server", .body = "second server"}};
  const Index pairs = pairIndex(passages, stopWords);
  const auto found = pairs.find("second server");
  REQUIRE(found);
  REQUIRE(pairs.postings(*found).size() == 1);
  CHECK(pairs.postings(*found)[0].passage == 0);
  CHECK(pairs.postings(*found)[0].score == pairs.idf(*found));
  CHECK_FALSE(pairs.find("old second"));
  CHECK_FALSE(pairs.find("data disk"));
}

}  // namespace mydba::rag
