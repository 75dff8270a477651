#include "engines/engine.h"

#include "engines/sqlite/connection.h"
#include "engines/sqlite/saved_plans.h"
#include "engines/sqlite/session.h"

namespace mydba {
namespace sqlite {
namespace {

class SqliteEngine final : public Engine {
 public:
  const protocol::EngineDescriptor& descriptor() const override { return descriptor_; }

  Result<std::unique_ptr<Connection>> connect(const protocol::ConnectionProfile& profile,
                                              const SecretSource&,
                                              const CancelToken& cancel) const override {
    auto session = Session::open(profile, cancel);
    if (!session) return session.error();
    return makeConnection(std::move(*session));
  }
  Result<std::vector<protocol::PlanTree>> plansIn(std::string_view text) const override {
    return sqlite::plansIn(text);
  }

 private:
  protocol::EngineDescriptor descriptor_{
      .id = "sqlite",
      .title = "SQLite",
      .schemes = {"sqlite"},
      .dialect = "sqlite",
      .defaultPort = 0,
      .isFile = true,
      .facets = {protocol::Facet::catalogue, protocol::Facet::explain, protocol::Facet::profile,
                 protocol::Facet::variables, protocol::Facet::whatIf, protocol::Facet::workload}};
};

}  // namespace
}  // namespace sqlite

std::vector<const Engine*> sqliteEngines() {
  static const sqlite::SqliteEngine engine;
  return {&engine};
}

}  // namespace mydba
