// bench_bare_postgres URL SQL: the rows of a query by libpq in single-row mode, and nothing else.

#include <libpq-fe.h>

#include <memory>

#include "bare_report.h"

int main(int argc, char** argv) {
  if (argc != 3) return 2;
  const std::unique_ptr<PGconn, decltype(&PQfinish)> connection(PQconnectdb(argv[1]), PQfinish);
  if (PQstatus(connection.get()) != CONNECTION_OK) {
    std::fputs(PQerrorMessage(connection.get()), stderr);
    return 1;
  }
  BareReport report;
  if (!PQsendQuery(connection.get(), argv[2]) || !PQsetSingleRowMode(connection.get())) return 1;
  while (PGresult* raw = PQgetResult(connection.get())) {
    const std::unique_ptr<PGresult, decltype(&PQclear)> result(raw, PQclear);
    const ExecStatusType status = PQresultStatus(raw);
    if (status == PGRES_TUPLES_OK) continue;
    if (status != PGRES_SINGLE_TUPLE) {
      std::fputs(PQresultErrorMessage(raw), stderr);
      return 1;
    }
    const int columns = PQnfields(raw);
    for (int i = 0; i < columns; ++i)
      report.cell(PQgetvalue(raw, 0, i), static_cast<std::size_t>(PQgetlength(raw, 0, i)));
    report.row();
  }
  report.print();
  return 0;
}
