// bench_rag QUESTIONS.tsv: what finding documents costs and what it finds, as lines of JSON: of
// each way to rank, and of the peers over the same documents in memory (a bare inverted index,
// SQLite's FTS5), microseconds of a core for a question and recall@5; milliseconds to load the
// library. bench_rag --documents: the documents, for tests/bench/rag.mjs to give to minisearch.

#include <sqlite3.h>

#include <algorithm>
#include <cstdio>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <unordered_map>
#include <vector>

#include "cpu_time.h"
#include "native/rag/questions.h"
#include "rag/library.h"
#include "rag/passages.h"

namespace {

using namespace mydba;
using bench::cpuSeconds;
using Question = rag::test::MarkedQuestion;
using Passages = std::vector<rag::Passage>;

constexpr int rounds = 20;
constexpr std::size_t wanted = 5;

std::optional<std::string_view> known(const std::string& field) {
  return field == "-" ? std::nullopt : std::optional<std::string_view>(field);
}

/// Peers are told the engine too, as a filter over what they find.
bool fits(const rag::Passage& passage, const Question& question) {
  return rag::fitOf(passage.scope, known(question.engine), std::nullopt) == rag::Fit::right;
}

bool isRight(const Question& question, const std::string& anchor) {
  return std::ranges::find(question.anchors, anchor) != question.anchors.end();
}

/// Share of the questions, percent.
double percent(std::size_t found, std::size_t asked) {
  return asked ? 100.0 * static_cast<double>(found) / static_cast<double>(asked) : 0;
}

/// Asks every question in each round. The first round is for warming up and for the recall:
/// `anchorOf` names the document of what `search` found.
template <typename Search, typename AnchorOf>
void measure(const char* name, const std::vector<Question>& questions, const Search& search,
             const AnchorOf& anchorOf) {
  std::size_t found = 0, plainFound = 0, plain = 0;
  for (const Question& question : questions) {
    const auto hits = search(question);
    const bool right = std::ranges::any_of(
        hits, [&](const auto& hit) { return isRight(question, anchorOf(hit)); });
    found += right;
    plain += question.plain;
    plainFound += right && question.plain;
  }
  std::vector<double> times;
  for (int round = 0; round < rounds; ++round)
    for (const Question& question : questions) {
      const double start = cpuSeconds();
      const auto hits = search(question);
      times.push_back((cpuSeconds() - start) * 1e6);
    }
  std::sort(times.begin(), times.end());
  std::printf("%s\n", nlohmann::json{{"name", name},
                                     {"all", percent(found, questions.size())},
                                     {"plain", percent(plainFound, plain)},
                                     {"p50", times[times.size() / 2]},
                                     {"p99", times[times.size() * 99 / 100]}}
                          .dump()
                          .c_str());
}

void measureLoad() {
  std::vector<double> times;
  for (int round = 0; round < rounds; ++round) {
    const double start = cpuSeconds();
    const rag::Library library;
    times.push_back((cpuSeconds() - start) * 1e3);
  }
  std::sort(times.begin(), times.end());
  const std::size_t bytes = rag::compiledTables().size() * sizeof(std::uint64_t);
  std::printf("{\"name\":\"load\",\"firstMs\":%.1f,\"ms\":%.1f,\"tableBytes\":%zu}\n", times.back(),
              times[times.size() / 2], bytes);
}

void measureLibrary(const std::vector<Question>& questions) {
  const rag::Library library;
  for (const auto& [name, ranking] : {std::pair("words alone", rag::Ranking::words),
                                      std::pair("vectors alone", rag::Ranking::vectors),
                                      std::pair("words and vectors", rag::Ranking::both)})
    measure(
        name, questions,
        [&library, ranking = ranking](const Question& question) {
          return library.search({.text = question.text,
                                 .engine = known(question.engine),
                                 .version = known(question.version),
                                 .k = wanted,
                                 .ranking = ranking});
        },
        [](const rag::Hit& hit) { return hit.anchor; });
}

/// The words of a text in small letters, as they stand.
std::vector<std::string> wordsOf(const std::string& text) {
  std::vector<std::string> words;
  std::string word;
  for (const char c : text + " ") {
    if (std::isalnum(static_cast<unsigned char>(c))) {
      word += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    } else if (!word.empty()) {
      words.push_back(std::move(word));
      word.clear();
    }
  }
  return words;
}

/// The least that can be done: a passage is as good as the number of question words that it has.
void measureBareIndex(const std::vector<Question>& questions, const Passages& passages) {
  std::unordered_map<std::string, std::vector<std::size_t>> having;
  for (std::size_t at = 0; at < passages.size(); ++at)
    for (const std::string* text : {&passages[at].title, &passages[at].words, &passages[at].text})
      for (const std::string& word : wordsOf(*text)) {
        auto& list = having[word];
        if (list.empty() || list.back() != at) list.push_back(at);
      }
  using Counted = std::pair<int, std::size_t>;
  measure(
      "bare inverted index", questions,
      [&](const Question& question) {
        std::vector<int> counts(passages.size(), 0);
        for (const std::string& word : wordsOf(question.text))
          if (const auto found = having.find(word); found != having.end())
            for (const std::size_t at : found->second) ++counts[at];
        std::vector<Counted> best;
        for (std::size_t at = 0; at < counts.size(); ++at)
          if (counts[at] && fits(passages[at], question)) best.push_back({-counts[at], at});
        const auto end = best.begin() + static_cast<long>(std::min(best.size(), wanted));
        std::partial_sort(best.begin(), end, best.end());
        best.erase(end, best.end());
        return best;
      },
      [&passages](const Counted& hit) { return passages[hit.second].anchor; });
}

/// The words of a question as FTS5 wants them: each in quotes, any of them.
std::string anyOf(const std::string& question) {
  std::string out;
  for (const std::string& word : wordsOf(question))
    out += (out.empty() ? "\"" : " OR \"") + word + "\"";
  return out;
}

void measureFts5(const std::vector<Question>& questions, const Passages& passages) {
  sqlite3* database = nullptr;
  sqlite3_open(":memory:", &database);
  sqlite3_exec(database,
               "CREATE VIRTUAL TABLE d USING fts5(title, words, body, tokenize='porter'); BEGIN",
               nullptr, nullptr, nullptr);
  sqlite3_stmt* statement = nullptr;
  sqlite3_prepare_v2(database, "INSERT INTO d VALUES (?, ?, ?)", -1, &statement, nullptr);
  for (const rag::Passage& passage : passages) {
    int column = 0;
    for (const std::string* text : {&passage.title, &passage.words, &passage.text})
      sqlite3_bind_text(statement, ++column, text->data(), static_cast<int>(text->size()),
                        SQLITE_TRANSIENT);
    sqlite3_step(statement);
    sqlite3_reset(statement);
  }
  sqlite3_finalize(statement);
  sqlite3_exec(database, "COMMIT", nullptr, nullptr, nullptr);
  sqlite3_prepare_v2(database,
                     "SELECT rowid FROM d WHERE d MATCH ? ORDER BY bm25(d, 3, 2, 1) LIMIT 50", -1,
                     &statement, nullptr);
  measure(
      "SQLite FTS5", questions,
      [&](const Question& question) {
        const std::string match = anyOf(question.text);
        sqlite3_bind_text(statement, 1, match.data(), static_cast<int>(match.size()),
                          SQLITE_STATIC);
        std::vector<std::size_t> hits;
        while (hits.size() < wanted && sqlite3_step(statement) == SQLITE_ROW) {
          const auto at = static_cast<std::size_t>(sqlite3_column_int64(statement, 0) - 1);
          if (fits(passages[at], question)) hits.push_back(at);
        }
        sqlite3_reset(statement);
        return hits;
      },
      [&passages](std::size_t hit) { return passages[hit].anchor; });
  sqlite3_finalize(statement);
  sqlite3_close(database);
}

void printDocuments(const Passages& passages) {
  for (const rag::Passage& passage : passages)
    std::puts(nlohmann::json{{"id", passage.anchor},
                             {"engine", passage.engine},
                             {"title", passage.title},
                             {"words", passage.words},
                             {"body", passage.text}}
                  .dump()
                  .c_str());
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) return 2;
  const Passages passages = rag::passagesOf(rag::documents());
  if (std::string_view(argv[1]) == "--documents") {
    printDocuments(passages);
    return 0;
  }
  const auto questions = rag::test::readQuestions(argv[1]);
  if (questions.empty()) return 1;
  measureLoad();
  measureLibrary(questions);
  measureBareIndex(questions, passages);
  measureFts5(questions, passages);
  return 0;
}
