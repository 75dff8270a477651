#include "engines/sqlite/query.h"

#include "base/embedded.h"

namespace mydba::sqlite {
namespace {

std::string withSchema(std::string_view sql, std::string_view schema) {
  static constexpr std::string_view mark = "{schema}";
  std::string text(sql);
  // The mark in the leading comment is prose; the one in the statement is the last.
  const std::size_t at = text.rfind(mark);
  if (at != text.npos) text.replace(at, mark.size(), quoteName(schema));
  return text;
}

}  // namespace

Result<std::vector<TextRow>> readRows(Session& session, std::string_view statement,
                                      std::string_view schema,
                                      const std::vector<std::string>& values,
                                      const CancelToken& cancel) {
  auto prepared = prepare(session.handle(), withSchema(embeddedSql("sqlite", statement), schema));
  if (!prepared) return cancel.cancelled() ? cancel.error() : prepared.error();
  sqlite3_stmt* raw = prepared->get();
  for (std::size_t i = 0; i < values.size(); ++i)
    sqlite3_bind_text(raw, static_cast<int>(i) + 1, values[i].data(),
                      static_cast<int>(values[i].size()), SQLITE_STATIC);
  std::vector<TextRow> rows;
  int code = sqlite3_step(raw);
  for (; code == SQLITE_ROW; code = sqlite3_step(raw)) {
    TextRow& row = rows.emplace_back();
    for (int i = 0; i < sqlite3_column_count(raw); ++i) row.emplace_back(columnText(raw, i));
  }
  if (code != SQLITE_DONE) return session.failed(code, cancel);
  return rows;
}

}  // namespace mydba::sqlite
