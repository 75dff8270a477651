#pragma once

// Reads the rows that a sentence asks for, part by part: what they are about, how many, from when,
// which of them, per what, in what order. Each part takes its words; when words are left over that
// mean something, the request is not complete and no statement is written from it.

#include <chrono>
#include <initializer_list>
#include <optional>
#include <string_view>
#include <vector>

#include "ai/intent/mentions.h"
#include "ai/intent/request.h"
#include "ai/intent/sentence.h"

namespace mydba::ai::intent {

class RequestReader {
 public:
  /// All of them must outlive it.
  RequestReader(const Sentence& sentence, const Mentions& mentions, const Schema& schema,
                std::chrono::sys_seconds now);

  /// `counts`: the sentence asks for a number of rows. `before` is what an earlier sentence asked
  /// for, when this one goes on with it ("only 10", "and the oldest?").
  Request read(bool counts, const std::optional<Request>& before = {});
  /// `top 10`, `only 5`, whatever it is about.
  std::optional<std::int64_t> readLimit();
  /// `set the price of product 5 to 10`: what is assigned, taken from the sentence. Before `read`.
  std::optional<Condition> readAssignment();

 private:
  static constexpr std::size_t none = SIZE_MAX;

  // Words and names.
  bool isAt(std::size_t at, std::initializer_list<std::string_view> words) const;
  bool inGroup(std::size_t at, std::string_view group) const;
  bool isArticle(std::size_t at) const;
  std::size_t behindArticles(std::size_t at) const;
  std::size_t beforeArticles(std::size_t at) const;
  const Mention* mentionAt(std::size_t at) const;
  const Mention* tableAt(std::size_t at) const;
  const Mention* columnAt(std::size_t at) const;
  std::optional<std::int64_t> numberAt(std::size_t at) const;
  std::optional<std::string> decimalAt(std::size_t at) const;
  void use(std::size_t first, std::size_t count = 1);
  std::optional<ColumnId> columnLike(TableId table, std::string_view group) const;
  std::optional<ColumnId> timeColumn(TableId table) const;
  std::optional<ColumnId> stateColumn(TableId table) const;
  std::optional<ColumnId> primaryKey(TableId table) const;

  // What the rows are about (request_reader.cpp).
  void mainTable(bool counts);
  void identifiers();
  void shownColumns();
  void otherTables();
  bool leftOver() const;

  // How many, per what, in what order (request_orders.cpp).
  void limits();
  void limitAt(std::size_t at);
  void superlatives();
  void superlative(std::size_t at);
  void sorting();
  void groups();
  bool groupAt(std::size_t at, std::size_t of);
  void aggregates();
  void rankings();
  void rankBy(std::size_t at);
  bool aggregateOver(TableId child, TableId parent, bool descending);

  // Which of them (request_conditions.cpp).
  void timeSpans();
  std::optional<ColumnId> timeColumnNear(std::size_t at);
  void comparisons();
  bool comparisonAt(std::size_t at);
  bool compare(std::size_t at, Comparison comparison, const std::string& value, std::size_t end);
  void absences();
  bool absenceAt(std::size_t at);
  void values();
  bool valueAt(std::size_t at);
  void places();
  void states();
  bool stateAt(std::size_t at);
  std::string textFrom(std::size_t at, std::size_t& end) const;
  void add(ColumnId column, Comparison comparison, std::vector<std::string> values = {},
           bool numeric = false);

  const Sentence& sentence_;
  const Mentions& mentions_;
  const Schema& schema_;
  std::chrono::sys_seconds now_;
  std::vector<bool> used_;
  std::vector<std::size_t> mentionOf_;  ///< of each word, its entry in mentions_
  Request request_;
  bool mainIsSingular_ = false;
};

}  // namespace mydba::ai::intent
