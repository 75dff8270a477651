#include "engines/postgres/statement_run.h"

#include <charconv>

#include "engines/postgres/failure.h"

namespace mydba::postgres {
namespace {

std::vector<protocol::Column> columnsOf(const PGresult* result, TypeNames& types) {
  std::vector<protocol::Column> columns;
  for (int i = 0; i < PQnfields(result); ++i) {
    const Oid type = PQftype(result, i);
    columns.push_back({.name = PQfname(result, i),
                       .type = types.nameOf(type, PQfmod(result, i)),
                       .kind = TypeNames::kindOf(type)});
  }
  return columns;
}

void readCells(const PGresult* result, int row, std::vector<Cell>& cells) {
  for (int i = 0; i < static_cast<int>(cells.size()); ++i) {
    const int size = PQgetlength(result, row, i);
    // A NULL has length 0, so the second call is rarely needed.
    cells[static_cast<std::size_t>(i)] =
        size == 0 && PQgetisnull(result, row, i)
            ? Cell::null()
            : Cell{PQgetvalue(result, row, i), static_cast<std::size_t>(size)};
  }
}

ResultSetEnd endOf(PGresult* result) {
  // `INSERT 0 5`: the tag is the words before the numbers.
  const std::string_view status = PQcmdStatus(result);
  const auto digits = status.find_first_of("0123456789");
  ResultSetEnd end{.affected = std::nullopt, .command = std::string(status.substr(0, digits))};
  while (!end.command.empty() && end.command.back() == ' ') end.command.pop_back();
  const std::string_view count = PQcmdTuples(result);
  const bool changes = end.command == "INSERT" || end.command == "UPDATE" ||
                       end.command == "DELETE" || end.command == "MERGE" || end.command == "COPY";
  std::int64_t rows = 0;
  if (changes && std::from_chars(count.data(), count.data() + count.size(), rows).ec == std::errc())
    end.affected = rows;
  return end;
}

Error copyRefused() {
  return {.code = ErrorCode::unsupported,
          .message = "COPY from and to the client is not supported",
          .hint = "use INSERT, or SELECT and export its result"};
}

}  // namespace

Result<RunOutcome> StatementRun::stream(const std::string& sql, RowSink& sink, bool mayStop) {
  sql_ = sql;
  if (const auto sent = exchange_.send(sql, {}, true); !sent) return sent.error();
  for (;;) {
    auto result = exchange_.next();
    if (!result) return result.error();
    if (!*result) break;
    if (const auto taken = take(result->get(), sink, mayStop); !taken) return taken.error();
  }
  if (const auto settled = exchange_.settle(); !settled) return settled.error();
  outcome_.stopped = exchange_.stopped();
  return outcome_;
}

Result<void> StatementRun::take(PGresult* result, RowSink& sink, bool mayStop) {
  const auto status = PQresultStatus(result);
  switch (status) {
    case PGRES_SINGLE_TUPLE:
      begin(result, sink, mayStop);
      deliver(result, sink, mayStop);
      return {};
    case PGRES_TUPLES_OK:
    case PGRES_COMMAND_OK:
    case PGRES_EMPTY_QUERY:
      // COPY is refused, but the server may say that it copied nothing.
      if (outcome_.error) return {};
      begin(result, sink, mayStop);
      sink.end(endOf(result));
      return {};
    case PGRES_COPY_OUT:
    case PGRES_COPY_IN:
    case PGRES_COPY_BOTH: outcome_.error = copyRefused(); return exchange_.refuseCopy(status);
    default:
      if (!outcome_.error) outcome_.error = failureOf(result, sql_);
      return {};
  }
}

void StatementRun::begin(const PGresult* result, RowSink& sink, bool mayStop) {
  if (begun_) return;
  begun_ = true;
  const auto columns = columnsOf(result, types_);
  cells_.resize(columns.size());
  if (!sink.begin(columns)) enough(mayStop);
}

void StatementRun::deliver(const PGresult* result, RowSink& sink, bool mayStop) {
  if (outcome_.enough || exchange_.stopped()) {
    outcome_.discarded = true;
    return;
  }
  readCells(result, 0, cells_);
  if (!sink.row(cells_)) enough(mayStop);
}

void StatementRun::enough(bool mayStop) {
  outcome_.enough = true;
  if (mayStop) exchange_.stop();
}

}  // namespace mydba::postgres
