// A sentence may be any text: reading it never crashes, and what is written for it is one statement
// that the guard proves to read, or one that is to be confirmed. The first byte chooses the
// dialect.

#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "ai/check_sql.h"
#include "ai/intent/read_intent.h"
#include "ai/intent/relevant_tables.h"
#include "guard/judge.h"

using namespace mydba;
using namespace mydba::ai::intent;

namespace {

Schema schema() {
  return {.tables = {{.name = "orders",
                      .columns = {{.name = "id", .type = "integer", .primaryKey = true},
                                  {.name = "customer_id", .type = "integer"},
                                  {.name = "status", .type = "text"},
                                  {.name = "total", .type = "numeric"},
                                  {.name = "ordered_at", .type = "timestamp"}},
                      .foreignKeys = {{{"customer_id"}, "customers", {"id"}}}},
                     {.name = "customers",
                      .columns = {{.name = "id", .type = "integer", .primaryKey = true},
                                  {.name = "name", .type = "text"},
                                  {.name = "city", .type = "text"}}}}};
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static constexpr std::string_view names[] = {"generic", "postgres", "mysql",
                                               "mariadb", "sqlite",   "redis"};
  static const Schema shop = schema();
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const sql::Dialect& dialect = *sql::findDialect(names[size ? data[0] % 6 : 0]);
  for (const Schema* known : {static_cast<const Schema*>(nullptr), &shop}) {
    const Conversation history = {{std::string(text), "retrieve", {}, {"orders"}}};
    const Intent intent =
        readIntent(text, {.dialect = &dialect, .schema = known, .history = &history});
    if (intent.sql && !intent.confirm && !guard::judge(*intent.sql, dialect, {}).readOnly)
      std::abort();
  }
  (void)relevantTables(text, shop, 2);
  (void)ai::checkProposedSql(text, dialect, &shop);
  return 0;
}
