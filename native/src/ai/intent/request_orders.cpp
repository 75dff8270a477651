#include <algorithm>

#include "ai/intent/column_kind.h"
#include "ai/intent/join_path.h"
#include "ai/intent/request_reader.h"

// How many rows, per what, in what order.

namespace mydba::ai::intent {

void RequestReader::limits() {
  for (std::size_t at = 0; at < sentence_.size(); ++at)
    if (!used_[at] && !request_.limit) limitAt(at);
}

void RequestReader::limitAt(std::size_t at) {
  if (mentionOf_[at] != none && columnAt(at)) return;
  // "last 10 events", "top ten", "limit 5", "only 3"
  if (inGroup(at, "first") || inGroup(at, "top") || inGroup(at, "superlative")) {
    std::size_t number = at + 1;
    while (isAt(number, {"to", "of", "most", "recent", "the", "is", "at"})) ++number;
    const auto value = numberAt(number);
    if (!value || *value < 1 || inGroup(number + 1, "unit") ||
        (isAt(number + 1, {"star", "percent"})))
      return;
    request_.limit = value;
    if (request_.table && isAt(at, {"last"})) {
      auto column = timeColumn(*request_.table);
      if (!column) column = primaryKey(*request_.table);
      if (column) request_.order = Order{.column = column, .descending = true};
    }
    const bool keepsMeaning =
        inGroup(at, "superlative") && !isAt(at, {"last"}) && !isAt(at, {"best", "worst"});
    use(keepsMeaning ? number : at, keepsMeaning ? 1 : number - at + 1);
    return;
  }
  // "25 orders", "5 newest", "10 random rows"
  const auto value = numberAt(at);
  if (!value || *value < 1 || sentence_.words[at].is("other")) return;
  const std::size_t before = at == 0 ? none : beforeArticles(at);
  const bool amount =
      before != none &&
      (isAt(before, {"than", "least", "above", "below", "over", "under", "with", "between", "and",
                     "exactly", "is", "are", "have", "has", "by", "in", "for", "to", "past"}) ||
       columnAt(before) || tableAt(before));
  if (amount) return;
  std::size_t next = at + 1;
  while (inGroup(next, "superlative") || inGroup(next, "most") || inGroup(next, "adjective") ||
         inGroup(next, "state") || isAt(next, {"random", "different", "sample", "most", "selling"}))
    ++next;
  const bool rows = isAt(next, {"row", "record", "entry", "result", "example"});
  if (next == at + 1 && !rows && !tableAt(next)) return;
  request_.limit = value;
  use(at);
  if (rows) use(next);
}

/// `newest`, `most expensive`, `highest salary`
void RequestReader::superlatives() {
  for (std::size_t at = 0; at < sentence_.size(); ++at)
    if (!used_[at] && mentionOf_[at] == none) superlative(at);
}

void RequestReader::superlative(std::size_t at) {
  if (request_.order || !request_.table) return;
  const TableId table = *request_.table;
  std::string kind(sentence_.words[at].valueIn("superlative"));
  std::size_t count = 1;
  const std::string_view most = sentence_.words[at].valueIn("most");
  if (!most.empty() && inGroup(at + 1, "adjective")) {
    // "most recent" is the end of the order, "least recent" its beginning.
    kind = std::string(sentence_.words[at + 1].valueIn("adjective")) + " " + std::string(most);
    count = 2;
  }
  if (kind.empty()) return;
  const auto space = kind.find(' ');
  const bool descending = kind.substr(space + 1) == "desc";
  const std::string what = kind.substr(0, space);
  std::optional<ColumnId> column;
  const std::size_t next = behindArticles(at + count);
  if (what == "amount" && columnAt(next)) {
    column = columnAt(next)->columns[0];
    use(next, columnAt(next)->count);
  } else if (what == "time") {
    column = timeColumn(table);
  } else {
    column = columnLike(table, what == "rating" ? "~score" : "~" + what);
    if (!column && what == "price") column = columnLike(table, "~amount");
    if (!column && what == "amount") column = columnLike(table, "~capacity");
  }
  if (!column) return;
  request_.order = Order{.column = column, .descending = descending};
  if (!request_.limit && mainIsSingular_ && request_.aggregate == Aggregate::none)
    request_.limit = 1;
  use(at, count);
}

/// `sorted by price descending`, `alphabetically`, `list products by price`
void RequestReader::sorting() {
  for (std::size_t at = 0; at < sentence_.size() && !request_.order; ++at) {
    if (used_[at]) continue;
    std::size_t column = none;
    if (isAt(at, {"by"})) {
      column = behindArticles(at + 1);
    } else if (isAt(at, {"alphabetical", "alphabetically"})) {
      const auto name = columnLike(*request_.table, "~name");
      if (!name) continue;
      request_.order = Order{.column = name};
      use(at);
      continue;
    }
    if (column == none || !columnAt(column)) continue;
    const bool verb = at > 0 && (inGroup(at - 1, "sort") || isAt(at - 1, {"order"}));
    request_.order = Order{.column = columnAt(column)->columns[0],
                           .descending = request_.limit.has_value() && !verb};
    const std::size_t end = columnAt(column)->first + columnAt(column)->count;
    use(at, end - at);
    if (verb) use(at - 1);
    const std::string_view direction =
        end < sentence_.size() ? sentence_.words[end].valueIn("direction") : std::string_view();
    if (!direction.empty()) {
      request_.order->descending = direction == "desc";
      use(end);
      if (isAt(end + 1, {"order"})) use(end + 1);
    } else if (isAt(end, {"newest", "latest", "highest", "largest", "most"}) &&
               isAt(end + 1, {"first"})) {
      request_.order->descending = true;
      use(end, 2);
    }
  }
}

/// `per country`, `for each doctor`, `by month`, `grouped by status`
void RequestReader::groups() {
  for (std::size_t at = 0; at < sentence_.size(); ++at) {
    if (used_[at] || !isAt(at, {"per", "each", "every", "by"})) continue;
    if (isAt(at, {"by"}) && request_.aggregate == Aggregate::none) continue;
    if (isAt(at, {"by"}) && at > 0 && (inGroup(at - 1, "sort") || isAt(at - 1, {"order"})))
      continue;
    const std::size_t of = behindArticles(at + 1);
    if (!groupAt(at, of)) continue;
    if (at > 0 && (isAt(at - 1, {"for"}) || inGroup(at - 1, "group"))) use(at - 1);
    // "per country and status"
    for (std::size_t next = of + 1; next + 1 < sentence_.size() && isAt(next, {"and"});)
      if (groupAt(next, behindArticles(next + 1)))
        next = behindArticles(next + 1) + 1;
      else
        break;
  }
  if (!request_.groups.empty() && request_.aggregate == Aggregate::none)
    request_.aggregate = Aggregate::count;
}

bool RequestReader::groupAt(std::size_t at, std::size_t of) {
  if (of >= sentence_.size()) return false;
  Group group;
  std::size_t end = of + 1;
  if (const Mention* mention = mentionAt(of)) {
    end = mention->first + mention->count;
    if (!mention->columns.empty()) {
      group.column = mention->columns[0];
      if (isTime(columnOf(schema_, *group.column))) group.unit = TimeUnit::day;
    } else {
      group.table = mention->tables[0];
      if (*group.table == *request_.table) return false;
    }
  } else {
    const std::string_view unit = sentence_.words[of].valueIn("unit");
    group.unit = unit == "day"     ? TimeUnit::day
                 : unit == "month" ? TimeUnit::month
                 : unit == "year"  ? TimeUnit::year
                                   : TimeUnit::none;
    group.column = timeColumn(*request_.table);
    if (group.unit == TimeUnit::none || !group.column) return false;
  }
  // Rows are counted per what each of them has one of.
  const TableId table = group.table ? *group.table : group.column->table;
  if (table != *request_.table && !referencePath(schema_, *request_.table, table)) return false;
  request_.groups.push_back(group);
  use(at, end - at);
  return true;
}

/// `average rating`, `total revenue`, `maximum price`
void RequestReader::aggregates() {
  for (std::size_t at = 0; at < sentence_.size(); ++at) {
    const std::string_view name = sentence_.words[at].valueIn("aggregate");
    if (used_[at] || name.empty() || request_.aggregate == Aggregate::count) continue;
    std::size_t next = behindArticles(at + 1);
    // "average order value": the table between belongs to it.
    if (tableAt(next) && columnAt(next + tableAt(next)->count)) next += tableAt(next)->count;
    const bool itself = columnAt(at) && isAt(at, {"total", "sum"});
    if (!columnAt(next) && !itself) continue;
    // "the highest price" is an order when rows are asked for, a value when the price is.
    const bool ambiguous = inGroup(at, "most") && tableAt(behindArticles(at + 1));
    if (ambiguous) continue;
    std::optional<ColumnId> measure;
    for (const ColumnId id : (columnAt(next) ? columnAt(next) : columnAt(at))->columns)
      if (!measure && isNumeric(columnOf(schema_, id)) && !isIdentifier(columnOf(schema_, id)))
        measure = id;
    if (!measure) continue;
    const TableId table = measure->table;
    if (table != *request_.table) {
      // "average rating per product" is about reviews.
      if (!referencePath(schema_, table, *request_.table)) continue;
      if (!aggregateOver(table, *request_.table, true)) continue;
      request_.order.reset();
    }
    request_.aggregate = name == "avg"   ? Aggregate::average
                         : name == "sum" ? Aggregate::sum
                         : name == "max" ? Aggregate::maximum
                                         : Aggregate::minimum;
    request_.measure = measure;
    use(at, next - at + (columnAt(next) ? columnAt(next)->count : 0));
    return;
  }
}

/// The request becomes one about rows of `child`, for each row of `parent`.
bool RequestReader::aggregateOver(TableId child, TableId parent, bool descending) {
  if (child == parent || !request_.groups.empty()) return false;
  if (!referencePath(schema_, child, parent)) return false;
  request_.table = child;
  request_.groups.push_back({.table = parent});
  request_.order = Order{.descending = descending};
  return true;
}

/// `by revenue`, `with the most orders`, `by number of appointments`, `with more than 5 orders`
void RequestReader::rankings() {
  for (std::size_t at = 0; at < sentence_.size(); ++at)
    if (!used_[at]) rankBy(at);
}

void RequestReader::rankBy(std::size_t at) {
  const TableId parent = *request_.table;
  const std::string_view most = sentence_.words[at].valueIn("most");
  const std::size_t next = behindArticles(at + 1);
  if (!most.empty() && tableAt(next) && tableAt(next)->tables[0] != parent) {
    if (!aggregateOver(tableAt(next)->tables[0], parent, most == "desc")) return;
    request_.aggregate = Aggregate::count;
    if (!request_.limit && mainIsSingular_) request_.limit = 1;
    use(at, next - at + tableAt(next)->count);
    return;
  }
  // "more than 5 orders"
  const bool above = inGroup(at, "above");
  if ((above || inGroup(at, "below")) || isAt(at, {"least"})) {
    std::size_t number = at + 1;
    if (isAt(number, {"than"})) ++number;
    const auto value = numberAt(number);
    const Mention* table = tableAt(number + 1);
    if (!value || !table || table->tables[0] == parent) return;
    if (!aggregateOver(table->tables[0], parent, true)) return;
    request_.aggregate = Aggregate::count;
    request_.order.reset();
    request_.having = Condition{.comparison = isAt(at, {"least"}) ? Comparison::greaterOrEqual
                                              : above             ? Comparison::greater
                                                                  : Comparison::less,
                                .values = {std::to_string(*value)},
                                .numeric = true};
    use(at, number + 1 - at + table->count);
    return;
  }
  if (!isAt(at, {"by"}) || request_.aggregate != Aggregate::none) return;
  if (isAt(next, {"number", "count", "amount"}) && tableAt(behindArticles(next + 1))) {
    const Mention* table = tableAt(behindArticles(next + 1));
    if (!aggregateOver(table->tables[0], parent, true)) return;
    request_.aggregate = Aggregate::count;
    use(at, table->first + table->count - at);
    return;
  }
  // "by average order value", "by order total"
  std::size_t column = next;
  Aggregate aggregate = Aggregate::sum;
  if (const auto name = next < sentence_.size() ? sentence_.words[next].valueIn("aggregate") : "";
      !name.empty() && !columnAt(next)) {
    aggregate = name == "avg" ? Aggregate::average : Aggregate::sum;
    ++column;
  }
  if (tableAt(column)) column += tableAt(column)->count;
  if (!columnAt(column)) return;
  for (const ColumnId id : columnAt(column)->columns) {
    if (id.table == parent) return;  // an order, not a ranking
    if (!isNumeric(columnOf(schema_, id)) || isIdentifier(columnOf(schema_, id))) continue;
    if (!aggregateOver(id.table, parent, true)) continue;
    request_.aggregate = aggregate;
    request_.measure = id;
    use(at, column + columnAt(column)->count - at);
    return;
  }
}

}  // namespace mydba::ai::intent
