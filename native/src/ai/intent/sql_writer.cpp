#include "ai/intent/sql_writer.h"

#include <algorithm>
#include <vector>

#include "ai/intent/column_kind.h"
#include "ai/intent/join_path.h"
#include "privacy/name_words.h"

namespace mydba::ai::intent {
namespace {

std::string quotedWith(std::string_view text, char quote, bool doubleBackslash) {
  std::string quoted(1, quote);
  for (const char c : text) {
    if (c == quote || (c == '\\' && doubleBackslash)) quoted += c;
    quoted += c;
  }
  return quoted + quote;
}

std::string_view functionOf(Aggregate aggregate) {
  switch (aggregate) {
    case Aggregate::sum: return "SUM";
    case Aggregate::average: return "AVG";
    case Aggregate::minimum: return "MIN";
    case Aggregate::maximum: return "MAX";
    default: return "COUNT";
  }
}

std::string_view operatorOf(Comparison comparison) {
  switch (comparison) {
    case Comparison::less: return " < ";
    case Comparison::lessOrEqual: return " <= ";
    case Comparison::greater: return " > ";
    case Comparison::greaterOrEqual: return " >= ";
    default: return " = ";
  }
}

class Writer {
 public:
  Writer(const Request& request, const Schema& schema, const sql::Dialect& dialect)
      : request_(request), schema_(schema), dialect_(dialect) {}

  std::optional<std::string> select() {
    if (!request_.complete || !request_.table || !joinAll()) return std::nullopt;
    std::string sql = "SELECT ";
    if (request_.distinct) sql += "DISTINCT ";
    sql += shown() + " FROM " + table(*request_.table);
    for (const Reference& join : joins_) sql += joinClause(join);
    sql += where() + groupBy() + having() + orderBy();
    // One row anyway.
    if (request_.aggregate != Aggregate::none && request_.groups.empty()) return sql;
    return sql + " LIMIT " + std::to_string(request_.limit.value_or(defaultRows));
  }

  /// The WHERE of a change, which joins nothing.
  std::optional<std::string> changeFilter() {
    if (!request_.complete || !request_.table || request_.limit || !request_.groups.empty() ||
        request_.order || !joinAll() || !joins_.empty())
      return std::nullopt;
    const std::string filter = where();
    return filter.empty() ? std::nullopt : std::optional(filter);
  }

  std::string table(TableId id) const {
    const SchemaTable& table = schema_.tables[id];
    return (table.schema.empty() ? "" : quotedName(table.schema, dialect_) + ".") +
           quotedName(table.name, dialect_);
  }
  std::string column(ColumnId id) const {
    const std::string name = quotedName(columnOf(schema_, id).name, dialect_);
    return joins_.empty() ? name : table(id.table) + "." + name;
  }
  std::string value(const Condition& condition, std::size_t at = 0) const {
    return condition.numeric ? condition.values[at] : quotedText(condition.values[at], dialect_);
  }

 private:
  bool join(TableId to) {
    if (to == *request_.table) return true;
    const auto path = referencePath(schema_, *request_.table, to);
    if (!path) return false;
    for (const Reference& step : *path) {
      const bool known =
          std::ranges::any_of(joins_, [&](const Reference& join) { return join.to == step.to; });
      if (!known) joins_.push_back(step);
    }
    return true;
  }

  bool joinAll() {
    for (const ColumnId column : request_.columns)
      if (!join(column.table)) return false;
    for (const Condition& condition : request_.conditions)
      if (!join(condition.column.table)) return false;
    for (const Group& group : request_.groups)
      if (!join(group.table ? *group.table : group.column->table)) return false;
    if (request_.order && request_.order->column && !join(request_.order->column->table))
      return false;
    return !request_.measure || join(request_.measure->table);
  }

  std::string joinClause(const Reference& join) const {
    const auto referenced = referencedColumns(schema_, join);
    std::string sql = " JOIN " + table(join.to) + " ON ";
    for (std::size_t at = 0; at < std::min(join.key->columns.size(), referenced.size()); ++at)
      sql += (at ? " AND " : "") + table(join.to) + "." + quotedName(referenced[at], dialect_) +
             " = " + table(join.from) + "." + quotedName(join.key->columns[at], dialect_);
    return sql;
  }

  /// What stands for a group in the result: its key, and a name that people know.
  std::vector<std::string> expressions(const Group& group) const {
    if (group.column) {
      if (group.unit == TimeUnit::none) return {column(*group.column)};
      // Of '2026-01-31 …', which every dialect makes of a time: its first 4, 7 or 10 characters.
      const char* length = group.unit == TimeUnit::year    ? "4"
                           : group.unit == TimeUnit::month ? "7"
                                                           : "10";
      return {"SUBSTR(CAST(" + column(*group.column) + " AS CHAR(10)), 1, " + length + ")"};
    }
    std::vector<std::string> columns;
    const auto& all = schema_.tables[*group.table].columns;
    for (std::uint32_t at = 0; at < all.size(); ++at)
      if (all[at].primaryKey || isDisplayName(all[at]))
        columns.push_back(column({*group.table, at}));
    return columns;
  }

  static bool isDisplayName(const SchemaColumn& column) {
    const auto words = privacy::nameWords(column.name);
    return isText(column) && !words.empty() && (words.back() == "name" || words.back() == "title");
  }

  std::string aggregate() const {
    std::string sql(functionOf(request_.aggregate));
    return sql + "(" + (request_.measure ? column(*request_.measure) : "*") + ")";
  }

  std::string groupList() const {
    std::string list;
    for (const Group& group : request_.groups)
      for (const std::string& expression : expressions(group))
        list += (list.empty() ? "" : ", ") + expression;
    return list;
  }

  std::string shown() const {
    if (request_.aggregate != Aggregate::none) {
      const std::string groups = groupList();
      return groups + (groups.empty() ? "" : ", ") + aggregate();
    }
    std::string list;
    for (const ColumnId id : request_.columns) list += (list.empty() ? "" : ", ") + column(id);
    if (!list.empty()) return list;
    return joins_.empty() ? "*" : table(*request_.table) + ".*";
  }

  std::string written(const Condition& condition) const {
    const std::string name = column(condition.column);
    switch (condition.comparison) {
      case Comparison::isNull: return name + " IS NULL";
      case Comparison::isNotNull: return name + " IS NOT NULL";
      case Comparison::isTrue: return name + " = TRUE";
      case Comparison::isFalse: return name + " = FALSE";
      case Comparison::startsWith:
      case Comparison::endsWith:
      case Comparison::contains: return name + like(condition);
      default: break;
    }
    if (condition.values.size() == 1)
      return name + (condition.negated ? " <> " : std::string(operatorOf(condition.comparison))) +
             value(condition);
    std::string list;
    for (std::size_t at = 0; at < condition.values.size(); ++at)
      list += (at ? ", " : "") + value(condition, at);
    return name + (condition.negated ? " NOT IN (" : " IN (") + list + ")";
  }

  /// Signs of LIKE in the value stand for themselves. `!` escapes them, for a backslash means
  /// something else in each dialect.
  std::string like(const Condition& condition) const {
    std::string pattern;
    bool escaped = false;
    for (const char c : condition.values[0]) {
      if (c == '%' || c == '_' || c == '!') {
        pattern += '!';
        escaped = true;
      }
      pattern += c;
    }
    if (condition.comparison != Comparison::startsWith) pattern.insert(0, 1, '%');
    if (condition.comparison != Comparison::endsWith) pattern += '%';
    return " LIKE " + quotedText(pattern, dialect_) + (escaped ? " ESCAPE '!'" : "");
  }

  std::string written(const Related& related) const {
    const auto path = referencePath(schema_, related.table, *request_.table);
    std::string sql = related.absent ? "NOT EXISTS (SELECT 1 FROM " : "EXISTS (SELECT 1 FROM ";
    sql += table(related.table);
    for (std::size_t at = 0; at + 1 < path->size(); ++at) sql += joinClause((*path)[at]);
    const Reference& last = path->back();
    const auto referenced = referencedColumns(schema_, last);
    sql += " WHERE ";
    for (std::size_t at = 0; at < std::min(last.key->columns.size(), referenced.size()); ++at)
      sql += (at ? " AND " : "") + table(last.from) + "." +
             quotedName(last.key->columns[at], dialect_) + " = " + table(last.to) + "." +
             quotedName(referenced[at], dialect_);
    return sql + ")";
  }

  std::string where() const {
    std::string sql;
    const auto add = [&](const std::string& condition) {
      sql += (sql.empty() ? " WHERE " : " AND ") + condition;
    };
    for (const Condition& condition : request_.conditions) add(written(condition));
    for (const Related& related : request_.related)
      if (referencePath(schema_, related.table, *request_.table)) add(written(related));
    return sql;
  }

  std::string groupBy() const { return request_.groups.empty() ? "" : " GROUP BY " + groupList(); }

  std::string having() const {
    if (!request_.having) return "";
    return " HAVING " + aggregate() + std::string(operatorOf(request_.having->comparison)) +
           value(*request_.having);
  }

  std::string orderBy() const {
    if (!request_.order) return "";
    return " ORDER BY " + (request_.order->column ? column(*request_.order->column) : aggregate()) +
           (request_.order->descending ? " DESC" : "");
  }

  const Request& request_;
  const Schema& schema_;
  const sql::Dialect& dialect_;
  std::vector<Reference> joins_;
};

bool relatedCanBeWritten(const Request& request, const Schema& schema) {
  return request.table && std::ranges::all_of(request.related, [&](const Related& related) {
           return referencePath(schema, related.table, *request.table).has_value();
         });
}

}  // namespace

std::string quotedName(std::string_view name, const sql::Dialect& dialect) {
  // Where "…" is a text, names have backticks (MySQL manual, "Schema Object Names").
  return quotedWith(name, dialect.doubleQuotedStrings ? '`' : '"', false);
}

std::string quotedText(std::string_view text, const sql::Dialect& dialect) {
  // Doubling a backslash where it is plain changes the value, never where the literal ends.
  return quotedWith(text, '\'', dialect.backslashEscapes);
}

std::optional<std::string> writeSelect(const Request& request, const Schema& schema,
                                       const sql::Dialect& dialect) {
  if (!relatedCanBeWritten(request, schema)) return std::nullopt;
  return Writer(request, schema, dialect).select();
}

std::optional<std::string> writeDelete(const Request& request, const Schema& schema,
                                       const sql::Dialect& dialect) {
  if (!relatedCanBeWritten(request, schema)) return std::nullopt;
  Writer writer(request, schema, dialect);
  const auto filter = writer.changeFilter();
  if (!filter) return std::nullopt;
  return "DELETE FROM " + writer.table(*request.table) + *filter;
}

std::optional<std::string> writeUpdate(const Request& request, const Condition& assigned,
                                       const Schema& schema, const sql::Dialect& dialect) {
  if (!relatedCanBeWritten(request, schema)) return std::nullopt;
  Writer writer(request, schema, dialect);
  const auto filter = writer.changeFilter();
  if (!filter || assigned.values.size() != 1 || assigned.column.table != *request.table)
    return std::nullopt;
  return "UPDATE " + writer.table(*request.table) + " SET " +
         quotedName(columnOf(schema, assigned.column).name, dialect) + " = " +
         writer.value(assigned) + *filter;
}

}  // namespace mydba::ai::intent
