#include <algorithm>
#include <string>

#include "ai/intent/read_intent.h"
#include "native/ai/intent/corpus.h"
#include "native/catch.h"

namespace mydba::ai::intent {
namespace {

struct Score {
  int sentences = 0;
  int intents = 0;
  int tables = 0;
  int limits = 0;
  int confirms = 0;
};

std::string percent(int part, int all) {
  return std::to_string(part) + "/" + std::to_string(all) + " (" +
         std::to_string(all ? 1000 * part / all / 10.0 : 0).substr(0, 4) + " %)";
}

std::string described(const char* name, const Score& score) {
  return std::string(name) + ": intent " + percent(score.intents, score.sentences) + ", tables " +
         percent(score.tables, score.sentences) + ", limit " +
         percent(score.limits, score.sentences) + ", confirm " +
         percent(score.confirms, score.sentences);
}

void addTo(Score& score, const CorpusLine& line, const Intent& intent) {
  auto tables = intent.tables;
  std::ranges::sort(tables);
  ++score.sentences;
  score.intents += intent.name == line.intent;
  score.tables += tables == line.tables;
  score.limits += (intent.limit ? std::to_string(*intent.limit) : "-") == line.limit;
  score.confirms += intent.confirm == line.confirm;
}

Intent read(const CorpusLine& line) {
  return readIntent(
      line.text, {.dialect = sql::findDialect("sqlite"), .schema = corpusSchema(line.catalogue)});
}

bool atLeast(int percent, int part, int all) { return 100 * part >= percent * all; }

}  // namespace

TEST_CASE("sentences as users write them are understood", "[intent]") {
  Score tuned, heldOut, all;
  for (const CorpusLine& line : readCorpus()) {
    const Intent intent = read(line);
    addTo(line.heldOut() ? heldOut : tuned, line, intent);
    addTo(all, line, intent);
    // Running what a sentence is taken for must never be a surprise.
    INFO(line.text);
    if (line.confirm) CHECK(intent.confirm);
  }
  WARN(described("tuned on", tuned) << '\n'
                                    << described("held out", heldOut) << '\n'
                                    << described("all", all));
  CHECK(all.sentences >= 200);
  CHECK(atLeast(92, all.intents, all.sentences));
  CHECK(atLeast(85, all.tables, all.sentences));
}

}  // namespace mydba::ai::intent
