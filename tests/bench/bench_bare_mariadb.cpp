// bench_bare_mariadb HOST PORT USER PASSWORD DATABASE SQL: the rows of a query by libmariadb with
// mysql_use_result, and nothing else.

#include <mysql.h>

#include <cstdlib>
#include <memory>

#include "bare_report.h"

int main(int argc, char** argv) {
  if (argc != 7) return 2;
  const std::unique_ptr<MYSQL, decltype(&mysql_close)> handle(mysql_init(nullptr), mysql_close);
  MYSQL* mysql = handle.get();
  const auto port = static_cast<unsigned>(std::atoi(argv[2]));
  const auto failed = [&] {
    std::fprintf(stderr, "%s\n", mysql_error(mysql));
    return 1;
  };
  mysql_options(mysql, MYSQL_SET_CHARSET_NAME, "utf8mb4");
  if (!mysql_real_connect(mysql, argv[1], argv[3], argv[4], argv[5], port, nullptr, 0))
    return failed();
  BareReport report;
  if (mysql_query(mysql, argv[6]) != 0) return failed();
  const std::unique_ptr<MYSQL_RES, decltype(&mysql_free_result)> result(mysql_use_result(mysql),
                                                                        mysql_free_result);
  if (!result) return failed();
  const unsigned columns = mysql_num_fields(result.get());
  while (MYSQL_ROW row = mysql_fetch_row(result.get())) {
    const unsigned long* lengths = mysql_fetch_lengths(result.get());
    for (unsigned i = 0; i < columns; ++i) report.cell(row[i], lengths[i]);
    report.row();
  }
  if (mysql_errno(mysql) != 0) return failed();
  report.print();
  return 0;
}
