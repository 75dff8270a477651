#include "engines/postgres/plan_samples.h"

#include <charconv>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>

#include "base/embedded.h"
#include "sql/token_list.h"

namespace mydba::postgres {
namespace {

/// A column that stands before a placeholder, with a comparison between.
struct Compared {
  std::string column;
  double place = 0.5;  ///< in the histogram, 0 to 1
};

/// The tokens before index `at` are `column = `, `column >= ` and the like. Two bounds of one
/// column
/// (`>= $1 and < $2`) get values between which there is something.
std::optional<Compared> comparedBefore(const sql::TokenList& tokens, std::size_t at) {
  const auto isOperator = [&](std::size_t one) {
    return tokens.isSymbol(one, '=') || tokens.isSymbol(one, '<') || tokens.isSymbol(one, '>');
  };
  if (at < 2 || !isOperator(at - 1)) return std::nullopt;
  const bool two = at >= 3 && isOperator(at - 2) && tokens.touchesPrevious(at - 1);
  const std::size_t first = two ? at - 2 : at - 1;
  if (!tokens.isName(first - 1) || (two && tokens.isSymbol(at - 1, '>'))) return std::nullopt;
  return Compared{.column = tokens.value(first - 1),
                  .place = tokens.isSymbol(first, '>')   ? 0.45
                           : tokens.isSymbol(first, '<') ? 0.55
                                                         : 0.5};
}

/// By the number of the placeholder.
std::map<std::size_t, Compared> comparedIn(std::string_view sql, const sql::Statement& statement) {
  std::map<std::size_t, Compared> found;
  const sql::TokenList tokens(sql, *sql::findDialect("postgres"));
  // Both in the order of the text, of which a list of values can have tens of thousands.
  std::size_t at = 0;
  for (const sql::Parameter& parameter : statement.parameters) {
    while (at < tokens.size() && tokens[at].start < parameter.start) ++at;
    if (at == tokens.size()) break;
    if (tokens[at].start != parameter.start) continue;
    std::size_t number = 0;
    std::from_chars(sql.data() + parameter.start + 1, sql.data() + parameter.end, number);
    if (auto compared = comparedBefore(tokens, at)) found.try_emplace(number, *compared);
  }
  return found;
}

}  // namespace

Result<std::string> samplesFor(Session& session, std::string_view sql,
                               const sql::Statement& statement, std::size_t count,
                               const CancelToken& cancel) {
  nlohmann::json asked = nlohmann::json::array(), tables = nlohmann::json::array();
  for (const auto& [number, compared] : comparedIn(sql, statement))
    asked.push_back({{"number", number}, {"column", compared.column}, {"place", compared.place}});
  for (const auto& use : statement.tables) tables.push_back(use.table.name);
  if (asked.size() < count) return std::string();
  const auto text = [](const nlohmann::json& json) {
    return json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
  };
  const auto rows =
      session.query(embeddedSql("postgres", "plan_samples"), {text(asked), text(tables)}, cancel);
  if (!rows) return rows.error();
  if (static_cast<std::size_t>(rows->count()) < count) return std::string();
  std::string values;
  for (int row = 0; row < rows->count(); ++row)
    values += (row > 0 ? ", " : "") + std::string(rows->view(row, 1));
  return values;
}

}  // namespace mydba::postgres
