// bench_bare_sqlite FILE SQL: the rows of a query by sqlite3_step, every cell as text, and nothing
// else.

#include <sqlite3.h>

#include <memory>

#include "bare_report.h"

int main(int argc, char** argv) {
  if (argc != 3) return 2;
  sqlite3* raw = nullptr;
  const int opened = sqlite3_open_v2(argv[1], &raw, SQLITE_OPEN_READONLY, nullptr);
  const std::unique_ptr<sqlite3, decltype(&sqlite3_close)> database(raw, sqlite3_close);
  const auto failed = [&] {
    std::fprintf(stderr, "%s\n", sqlite3_errmsg(raw));
    return 1;
  };
  if (opened != SQLITE_OK) return failed();
  BareReport report;
  sqlite3_stmt* prepared = nullptr;
  if (sqlite3_prepare_v2(raw, argv[2], -1, &prepared, nullptr) != SQLITE_OK) return failed();
  const std::unique_ptr<sqlite3_stmt, decltype(&sqlite3_finalize)> statement(prepared,
                                                                             sqlite3_finalize);
  const int columns = sqlite3_column_count(prepared);
  int stepped = SQLITE_ROW;
  while ((stepped = sqlite3_step(prepared)) == SQLITE_ROW) {
    for (int i = 0; i < columns; ++i) {
      const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(prepared, i));
      report.cell(text, static_cast<std::size_t>(sqlite3_column_bytes(prepared, i)));
    }
    report.row();
  }
  if (stepped != SQLITE_DONE) return failed();
  report.print();
  return 0;
}
