// bench_rag QUESTIONS.tsv: what finding documents costs, as lines of JSON: microseconds of a core
// for a question, by the words alone, by both rankings, and by SQLite's FTS5 over the same
// documents in memory; milliseconds to load the library. bench_rag --documents: the documents, for
// tests/bench/rag.mjs to give to minisearch.

#include <sqlite3.h>

#include <algorithm>
#include <cstdio>
#include <fstream>
#include <functional>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "cpu_time.h"
#include "rag/library.h"
#include "rag/passages.h"

namespace {

using namespace mydba;
using bench::cpuSeconds;

constexpr int rounds = 20;

struct Question {
  std::string text;
  std::string engine;
};

std::vector<Question> readQuestions(const char* path) {
  std::vector<Question> questions;
  std::ifstream file(path);
  for (std::string line; std::getline(file, line);) {
    if (line.empty() || line[0] == '#') continue;
    const auto tab = line.find('\t');
    const auto end = line.find('\t', tab + 1);
    questions.push_back({line.substr(0, tab), line.substr(tab + 1, end - tab - 1)});
  }
  return questions;
}

/// Asks every question in each round; the first round warms up.
void measure(const char* name, const std::vector<Question>& questions,
             const std::function<std::size_t(const Question&)>& ask) {
  std::vector<double> times;
  std::size_t hits = 0;
  for (int round = 0; round <= rounds; ++round)
    for (const Question& question : questions) {
      const double start = cpuSeconds();
      hits += ask(question);
      if (round > 0) times.push_back((cpuSeconds() - start) * 1e6);
    }
  std::sort(times.begin(), times.end());
  std::printf("{\"name\":\"%s\",\"p50\":%.1f,\"p99\":%.1f,\"hits\":%zu}\n", name,
              times[times.size() / 2], times[times.size() * 99 / 100], hits);
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

/// The words of a question as FTS5 wants them: each in quotes, any of them.
std::string anyOf(const std::string& question) {
  std::string out, word;
  for (const char c : question + " ") {
    if (std::isalnum(static_cast<unsigned char>(c))) {
      word += c;
    } else if (!word.empty()) {
      out += (out.empty() ? "\"" : " OR \"") + word + "\"";
      word.clear();
    }
  }
  return out;
}

void measureFts5(const std::vector<Question>& questions) {
  sqlite3* database = nullptr;
  sqlite3_open(":memory:", &database);
  sqlite3_exec(database,
               "CREATE VIRTUAL TABLE d USING fts5(title, words, body, tokenize='porter'); BEGIN",
               nullptr, nullptr, nullptr);
  sqlite3_stmt* statement = nullptr;
  sqlite3_prepare_v2(database, "INSERT INTO d VALUES (?, ?, ?)", -1, &statement, nullptr);
  for (const rag::Passage& passage : rag::passagesOf(rag::documents())) {
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
                     "SELECT rowid FROM d WHERE d MATCH ? ORDER BY bm25(d, 3, 2, 1) LIMIT 5", -1,
                     &statement, nullptr);
  measure("SQLite FTS5", questions, [statement](const Question& question) {
    const std::string match = anyOf(question.text);
    sqlite3_bind_text(statement, 1, match.data(), static_cast<int>(match.size()), SQLITE_STATIC);
    std::size_t hits = 0;
    while (sqlite3_step(statement) == SQLITE_ROW) ++hits;
    sqlite3_reset(statement);
    return hits;
  });
  sqlite3_finalize(statement);
  sqlite3_close(database);
}

void printDocuments() {
  for (const rag::Passage& passage : rag::passagesOf(rag::documents()))
    std::puts(nlohmann::json{{"id", passage.anchor},
                             {"title", passage.title},
                             {"words", passage.words},
                             {"body", passage.text}}
                  .dump()
                  .c_str());
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) return 2;
  if (std::string_view(argv[1]) == "--documents") {
    printDocuments();
    return 0;
  }
  const auto questions = readQuestions(argv[1]);
  if (questions.empty()) return 1;
  measureLoad();
  const rag::Library library;
  for (const auto& [name, ranking] : {std::pair("words alone", rag::Ranking::words),
                                      std::pair("words and vectors", rag::Ranking::both)})
    measure(name, questions, [&library, ranking](const Question& question) {
      return library.search({.text = question.text, .engine = question.engine, .ranking = ranking})
          .size();
    });
  measureFts5(questions);
  return 0;
}
