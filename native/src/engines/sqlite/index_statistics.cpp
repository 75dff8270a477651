#include "engines/sqlite/index_statistics.h"

#include <utility>
#include <vector>

#include "engines/sqlite/query.h"
#include "engines/sqlite/read_only.h"
#include "sql/token_list.h"

namespace mydba::sqlite {
namespace {

/// What a CREATE INDEX says that no pragma tells again: the text of its keys and of its WHERE.
struct WrittenIndex {
  std::vector<std::string> keys;
  std::string where;
};

std::string textBetween(const sql::TokenList& tokens, std::size_t begin, std::size_t end) {
  if (begin >= end) return {};
  return std::string(
      tokens.text().substr(tokens[begin].start, tokens[end - 1].end - tokens[begin].start));
}

WrittenIndex readIndex(std::string_view sql) {
  const sql::TokenList tokens(sql, *sql::findDialect("sqlite"));
  WrittenIndex written;
  std::size_t open = 0;
  while (open < tokens.size() && !tokens.isSymbol(open, '(')) ++open;
  const std::size_t close = tokens.partner(open);
  if (close >= tokens.size()) return written;
  std::size_t begin = open + 1;
  for (std::size_t at = begin; at <= close; ++at) {
    if (at < close && tokens.isSymbol(at, '(')) {
      at = tokens.partner(at);
      continue;
    }
    if (at < close && !tokens.isSymbol(at, ',')) continue;
    const bool ordered =
        at > begin && (tokens.isWord(at - 1, "ASC") || tokens.isWord(at - 1, "DESC"));
    written.keys.push_back(textBetween(tokens, begin, ordered ? at - 1 : at));
    begin = at + 1;
  }
  if (tokens.isWord(close + 1, "WHERE"))
    written.where = textBetween(tokens, close + 2, tokens.size());
  return written;
}

/// One row of numbers.
Result<std::vector<std::int64_t>> ask(Session& session, const std::string& query,
                                      const CancelToken& cancel) {
  const ReadOnlyScope scope(session.handle());
  const auto statement = prepare(session.handle(), query);
  if (!statement) return cancel.cancelled() ? cancel.error() : statement.error();
  const int code = sqlite3_step(statement->get());
  if (code != SQLITE_ROW) return session.failed(code, cancel);
  std::vector<std::int64_t> numbers;
  for (int i = 0; i < sqlite3_column_count(statement->get()); ++i)
    numbers.push_back(sqlite3_column_int64(statement->get(), i));
  return numbers;
}

/// The number that ANALYZE keeps for a prefix: rows for each value of it, rounded up, but 1 where
/// that is nearly so (src/analyze.c, statGet, since 3.38).
std::int64_t rowsEach(std::int64_t rows, std::int64_t distinct) {
  const std::int64_t each = (rows + distinct - 1) / distinct;
  return each == 2 && rows * 10 <= distinct * 11 ? 1 : each;
}

/// The keys as expressions, and what follows SELECT … in every question about them.
struct Source {
  std::vector<std::string> keys;
  std::string from;
};

Result<Source> sourceOf(Session& copy, const CopiedIndex& index, const sql::IndexWish& wish,
                        const CancelToken& cancel) {
  const auto keys = readRows(copy, "index_keys", {}, {index.name, index.schema}, cancel);
  if (!keys) return keys.error();
  const WrittenIndex written = readIndex(wish.text());
  if (written.keys.size() != keys->size())
    return Error{.code = ErrorCode::unsupported, .message = "its columns are not understood"};
  Source source;
  for (std::size_t i = 0; i < keys->size(); ++i) {
    const TextRow& key = (*keys)[i];
    std::string text = key[0] == "-2" ? "(" + written.keys[i] + ")" : quoteName(key[1]);
    if (key[0] == "-1") text = "rowid";
    source.keys.push_back(text + " COLLATE " + quoteName(key[2]));
  }
  source.from = " FROM " + quoteName(index.schema) + "." + quoteName(index.table);
  if (!written.where.empty()) source.from += " WHERE " + written.where;
  return source;
}

/// Entries, and the bytes of their keys.
std::string sizeQuery(const Source& source) {
  std::string bytes;
  for (const std::string& key : source.keys)
    bytes += (bytes.empty() ? "" : " + ") + ("coalesce(length(CAST(" + key + " AS BLOB)), 0)");
  return "SELECT count(*), total(" + bytes + ")" + source.from;
}

}  // namespace

Result<IndexStatistics> countIndex(Session& real, Session& copy, const CopiedIndex& index,
                                   const sql::IndexWish& wish, const CancelToken& cancel) {
  const auto source = sourceOf(copy, index, wish, cancel);
  if (!source) return source.error();
  const auto size = ask(real, sizeQuery(*source), cancel);
  if (!size) return size.error();
  IndexStatistics statistics{.rows = (*size)[0], .stat = {}, .bytes = 0};
  if (statistics.rows == 0) return statistics;
  // An entry has a header of a byte for each column and itself, the rowid in some four bytes, and
  // its place in the page in two; pages that are filled in order stay full to nine tenths
  // (sqlite.org/fileformat2.html).
  const auto columns = static_cast<std::int64_t>(source->keys.size());
  statistics.bytes = ((*size)[1] + statistics.rows * (columns + 8)) * 10 / 9;
  statistics.stat = std::to_string(statistics.rows);
  std::string prefix;
  for (const std::string& key : source->keys) {
    prefix += (prefix.empty() ? "" : ", ") + key;
    // DISTINCT takes NULLs for equal, as ANALYZE does.
    const auto distinct =
        ask(real, "SELECT count(*) FROM (SELECT DISTINCT " + prefix + source->from + ")", cancel);
    if (!distinct) return distinct.error();
    statistics.stat += " " + std::to_string(rowsEach(statistics.rows, (*distinct)[0]));
  }
  return statistics;
}

}  // namespace mydba::sqlite
