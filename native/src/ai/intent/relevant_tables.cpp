#include "ai/intent/relevant_tables.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <unordered_map>

#include "ai/intent/lexicon.h"
#include "ai/intent/sentence.h"
#include "ai/intent/word_forms.h"
#include "privacy/name_words.h"

namespace mydba::ai::intent {
namespace {

// What a word weighs where it is found. Measured on the catalogue of 200 tables in
// tests/native/ai/intent/relevant_tables_test.cpp.
constexpr double inName = 4;
constexpr double inColumn = 1.5;
constexpr double inComment = 1;
constexpr double asSynonym = 0.5;
constexpr double throughKey = 0.25;  ///< of the score of the table at the other end

using Weights = std::unordered_map<std::string, double>;

void addWords(Weights& weights, std::string_view text, double weight) {
  for (const std::string& word : privacy::nameWords(text.substr(0, 300))) {
    const auto add = [&](const std::string& key, double value) {
      double& known = weights[key];
      known = std::max(known, value);
    };
    const std::string one = singular(word);
    add(one, weight);
    for (const Sense& sense : Lexicon::english().find(one))
      if (sense.group.starts_with('~')) add(std::string(sense.group), weight * asSynonym);
  }
}

Weights weightsOf(const SchemaTable& table) {
  Weights weights;
  for (const SchemaColumn& column : table.columns) {
    addWords(weights, column.name, inColumn);
    addWords(weights, column.comment, inComment);
  }
  addWords(weights, table.comment, inComment);
  addWords(weights, table.name, inName);
  return weights;
}

/// The words to look for: all but those of the grammar.
std::vector<std::string> wordsOf(std::string_view question) {
  std::vector<std::string> words;
  for (const Word& word : readSentence(question, sql::genericDialect()).words) {
    if (word.kind == WordKind::number || word.kind == WordKind::sql) continue;
    if (word.is("polite") || word.is("show") || word.is("filler")) continue;
    for (const std::string& part : privacy::nameWords(word.text)) {
      words.push_back(singular(part));
      for (const Sense& sense : Lexicon::english().find(words.back()))
        if (sense.group.starts_with('~')) words.emplace_back(sense.group);
    }
  }
  std::ranges::sort(words);
  words.erase(std::unique(words.begin(), words.end()), words.end());
  return words;
}

}  // namespace

std::vector<TableId> relevantTables(std::string_view question, const Schema& schema,
                                    std::size_t k) {
  const auto words = wordsOf(question);
  std::vector<Weights> tables;
  for (const SchemaTable& table : schema.tables) tables.push_back(weightsOf(table));
  std::vector<double> scores(tables.size());
  for (const std::string& word : words) {
    std::size_t found = 0;
    for (const Weights& weights : tables) found += weights.contains(word);
    if (found == 0) continue;
    const double rarity =
        std::log(1.0 + static_cast<double>(tables.size()) / static_cast<double>(found));
    for (std::size_t table = 0; table < tables.size(); ++table)
      if (const auto entry = tables[table].find(word); entry != tables[table].end())
        scores[table] += entry->second * rarity;
  }
  // Both ends of a key gain: what is joined is asked for together.
  std::unordered_map<std::string, TableId> byName;
  for (TableId table = 0; table < schema.tables.size(); ++table)
    byName.try_emplace(schema.tables[table].name, table);
  std::vector<double> gained(scores);
  for (TableId from = 0; from < schema.tables.size(); ++from)
    for (const SchemaForeignKey& key : schema.tables[from].foreignKeys) {
      const auto to = byName.find(key.table);
      if (to == byName.end()) continue;
      gained[from] = std::max(gained[from], scores[from] + throughKey * scores[to->second]);
      gained[to->second] =
          std::max(gained[to->second], scores[to->second] + throughKey * scores[from]);
    }
  std::vector<TableId> ids;
  for (TableId table = 0; table < gained.size(); ++table)
    if (gained[table] > 0) ids.push_back(table);
  std::ranges::stable_sort(ids, [&](TableId a, TableId b) { return gained[a] > gained[b]; });
  if (ids.size() > k) ids.resize(k);
  return ids;
}

}  // namespace mydba::ai::intent
