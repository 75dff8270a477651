// Recall over questions that nobody tunes on: what a stranger may expect of the search.

#include <algorithm>
#include <cstdio>
#include <set>

#include "native/catch.h"
#include "native/rag/questions.h"
#include "rag/library.h"

namespace mydba::rag::test {
namespace {

const std::string file = std::string(MYDBA_SOURCE_DIR) + "/tests/rag/unseen.tsv";

bool isFound(const Library& library, const MarkedQuestion& question) {
  Query query{.text = question.text};
  if (question.engine != "-") query.engine = question.engine;
  if (question.version != "-") query.version = question.version;
  return std::ranges::any_of(library.search(query), [&](const Hit& hit) {
    return std::ranges::find(question.anchors, hit.anchor) != question.anchors.end();
  });
}

/// Of how many questions a right document is among the first five hits.
double recallOf(const char* name, const Library& library,
                const std::vector<MarkedQuestion>& questions) {
  const auto found = std::ranges::count_if(
      questions, [&](const MarkedQuestion& question) { return isFound(library, question); });
  const double recall = static_cast<double>(found) / static_cast<double>(questions.size());
  std::printf("recall@5, unseen, %s: %.1f %% of %zu\n", name, 100 * recall, questions.size());
  return recall;
}

}  // namespace

TEST_CASE("unseen questions name documents that there are", "[rag][questions]") {
  const auto questions = readQuestions(file);
  REQUIRE(questions.size() >= 400);
  const Library library;
  const auto anchors = library.anchors();
  const std::set<std::string> known(anchors.begin(), anchors.end());
  for (const MarkedQuestion& question : questions) {
    INFO(question.text);
    CHECK_FALSE(question.anchors.empty());
    for (const std::string& anchor : question.anchors) {
      INFO(anchor);
      CHECK(known.contains(anchor));
    }
  }
}

TEST_CASE("what was found of unseen questions is found still", "[rag][questions]") {
  const auto questions = readQuestions(file);
  std::vector<MarkedQuestion> plain, term;
  for (const MarkedQuestion& question : questions)
    (question.plain ? plain : term).push_back(question);
  REQUIRE(plain.size() >= questions.size() / 2);
  const Library library;
  // What was measured, 94.8, 92.5 and 100 %, less two in a hundred, as new documents compete. The
  // aim is 92 and 85 %: raise these as the search gets better, never lower them.
  CHECK(recallOf("all", library, questions) >= 0.928);
  CHECK(recallOf("plain", library, plain) >= 0.905);
  CHECK(recallOf("term", library, term) >= 0.99);
}

}  // namespace mydba::rag::test
