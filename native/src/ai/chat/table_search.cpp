#include "ai/chat/table_search.h"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "ai/answers.h"
#include "ai/intent/word_forms.h"
#include "base/fold_case.h"
#include "engines/engine.h"
#include "sql/keyword.h"
#include "sql/lexer.h"

namespace mydba::ai {
namespace {

using intent::SchemaColumn;
using intent::SchemaForeignKey;
using intent::SchemaTable;
using protocol::TreeNode;

constexpr std::size_t mostWords = 12;
constexpr int hitsPerWord = 20;

/// A table or view, and how many words of the question lead to it.
struct Candidate {
  TreeNode node;
  int words = 0;
};
using Candidates = std::map<std::vector<std::string>, Candidate>;

bool isTable(const TreeNode& node) {
  return node.kind == "table" || node.kind == "view" || node.kind == "materializedView" ||
         node.kind == "foreignTable";
}

/// Words of three letters and more, lower case, without the plural's ending: `order` finds `orders`
/// too.
std::vector<std::string> wordsOf(std::string_view question) {
  std::string folded;
  appendFolded(folded, question);
  std::vector<std::string> words;
  std::string word;
  const auto close = [&] {
    word = intent::singular(word);
    if (word.size() >= 3 && std::ranges::find(words, word) == words.end()) words.push_back(word);
    word.clear();
  };
  for (const char c : folded) {
    const auto byte = static_cast<unsigned char>(c);
    if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || byte >= 0x80)
      word += c;
    else
      close();
  }
  close();
  if (words.size() > mostWords) words.resize(mostWords);
  return words;
}

void addFound(Candidates& candidates, TreeNode node, int words) {
  auto& candidate = candidates[node.path];
  if (candidate.node.path.empty()) candidate.node = std::move(node);
  candidate.words += words;
}

/// What the overview shows, which is all of a small database.
Result<void> addAll(Candidates& candidates, Catalogue& catalogue, const CancelToken& cancel) {
  auto overview = readSchema(catalogue, "", cancel);
  if (!overview) return overview.error();
  std::vector<TreeNode> tables;
  for (auto& section : overview->sections)
    for (TreeNode& node : section.nodes)
      if (isTable(node)) tables.push_back(std::move(node));
  if (tables.size() > mostTables) return {};
  for (TreeNode& table : tables) addFound(candidates, std::move(table), 0);
  return {};
}

Result<void> addMatches(Candidates& candidates, std::string_view question, Catalogue& catalogue,
                        const CancelToken& cancel) {
  for (const std::string& word : wordsOf(question)) {
    auto found = catalogue.search(word, hitsPerWord, cancel);
    if (!found) return found.error();
    for (TreeNode& node : found->nodes)
      if (isTable(node)) addFound(candidates, std::move(node), 1);
  }
  return {};
}

/// The columns in the parentheses at `token`, and the token behind them.
std::vector<std::string> listAt(const std::vector<std::string>& tokens, std::size_t& token) {
  std::vector<std::string> names;
  if (token >= tokens.size() || tokens[token] != "(") return names;
  for (++token; token < tokens.size() && tokens[token] != ")"; ++token)
    if (tokens[token] != ",") names.push_back(tokens[token]);
  if (token < tokens.size()) ++token;
  return names;
}

std::vector<std::string> tokensOf(std::string_view text) {
  std::vector<std::string> tokens;
  sql::Lexer lexer(text, sql::genericDialect());
  for (auto token = lexer.next(); token.kind != sql::TokenKind::end; token = lexer.next()) {
    if (token.kind == sql::TokenKind::comment) continue;
    std::string word(text.substr(token.start, token.end - token.start));
    const bool quoted = word.size() >= 2 && (word[0] == '"' || word[0] == '`');
    tokens.push_back(quoted ? word.substr(1, word.size() - 2) : word);
  }
  return tokens;
}

/// A reference from what the catalogue says of a key: `FOREIGN KEY (a) REFERENCES t (b)`, or
/// `→ t (b)` behind the columns' own names.
std::optional<SchemaForeignKey> referenceOf(const TreeNode& key) {
  constexpr std::string_view arrow = "→";
  SchemaForeignKey reference;
  std::vector<std::string> tokens;
  std::size_t at = 0;
  if (const std::size_t found = key.detail.find(arrow); found != std::string::npos) {
    tokens = tokensOf(std::string_view(key.detail).substr(found + arrow.size()));
    for (const std::string& name : tokensOf(key.name))
      if (name != ",") reference.columns.push_back(name);
  } else {
    tokens = tokensOf(key.detail);
    const auto isReferences = [](const std::string& word) {
      return sql::lowerCase(word) == "references";
    };
    const auto references = std::ranges::find_if(tokens, isReferences);
    if (references == tokens.end()) return std::nullopt;
    auto open = std::ranges::find(tokens, "(");
    if (open < references) {
      std::size_t own = static_cast<std::size_t>(open - tokens.begin());
      reference.columns = listAt(tokens, own);
    }
    at = static_cast<std::size_t>(references - tokens.begin()) + 1;
  }
  if (at >= tokens.size() || reference.columns.empty()) return std::nullopt;
  reference.table = tokens[at++];
  while (at + 1 < tokens.size() && tokens[at] == ".") {
    reference.table = tokens[at + 1];
    at += 2;
  }
  reference.references = listAt(tokens, at);
  return reference;
}

Result<SchemaTable> tableOf(const TreeNode& node, Catalogue& catalogue, const CancelToken& cancel) {
  const auto parts = readParts(catalogue, node, cancel);
  if (!parts) return parts.error();
  SchemaTable table;
  table.name = node.name;
  table.comment = node.tooltip.value_or("");
  // What the folder of tables is in; of PostgreSQL's path `shop`, `public`, `Tables`, `orders` that
  // is the schema, not the database.
  if (const std::size_t size = node.path.size(); size >= 3 && node.path[size - 3] != "main")
    table.schema = node.path[size - 3];
  for (const auto& section : parts->sections)
    for (const TreeNode& part : section.nodes) {
      if (part.kind == "column") {
        const std::string_view detail = part.detail;
        table.columns.push_back({.name = part.name,
                                 .type = std::string(detail.substr(0, detail.find(" · "))),
                                 .comment = part.tooltip.value_or(""),
                                 .primaryKey = detail.find("primary key") != detail.npos});
      } else if (part.kind == "key") {
        if (auto reference = referenceOf(part)) table.foreignKeys.push_back(std::move(*reference));
      }
    }
  return table;
}

Result<intent::Schema> tablesIn(Catalogue& catalogue, std::string_view question,
                                const CancelToken& cancel) {
  Candidates candidates;
  if (auto added = addAll(candidates, catalogue, cancel); !added) return added.error();
  if (candidates.empty())
    if (auto added = addMatches(candidates, question, catalogue, cancel); !added)
      return added.error();
  std::vector<Candidate> ranked;
  for (auto& [path, candidate] : candidates) ranked.push_back(std::move(candidate));
  std::ranges::stable_sort(ranked, std::greater<>(), &Candidate::words);
  intent::Schema schema;
  std::set<std::string> known;
  for (const Candidate& candidate : ranked) {
    if (schema.tables.size() >= mostTables) break;
    auto table = tableOf(candidate.node, catalogue, cancel);
    if (!table) return table.error();
    known.insert(table->name);
    schema.tables.push_back(std::move(*table));
  }
  // What they refer to is how they are joined.
  for (std::size_t i = 0; i < schema.tables.size() && schema.tables.size() < mostTables; ++i)
    for (const SchemaForeignKey& key : std::vector(schema.tables[i].foreignKeys)) {
      if (schema.tables.size() >= mostTables || !known.insert(key.table).second) continue;
      auto found = catalogue.search(key.table, hitsPerWord, cancel);
      if (!found) return found.error();
      const auto node = std::ranges::find_if(found->nodes, [&](const TreeNode& candidate) {
        return isTable(candidate) && candidate.name == key.table;
      });
      if (node == found->nodes.end()) continue;
      auto table = tableOf(*node, catalogue, cancel);
      if (!table) return table.error();
      schema.tables.push_back(std::move(*table));
    }
  return schema;
}

}  // namespace

Result<intent::Schema> tablesFor(std::string_view question, const intent::Conversation& history,
                                 Connection& connection, const CancelToken& cancel) {
  Catalogue* catalogue = connection.catalogue();
  // What a key-value server lists are keys, whose names are data; it has no plans either.
  if (!catalogue || !connection.explainer()) return intent::Schema{};
  std::string words(question);
  if (!history.empty())
    for (const std::string& table : history.back().tables) words += " " + table;
  return tablesIn(*catalogue, words, cancel);
}

}  // namespace mydba::ai
