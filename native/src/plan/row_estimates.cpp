#include "plan/row_estimates.h"

#include <utility>

namespace mydba::plan {

protocol::PlanTree rowEstimates(const protocol::ServerInfo& server, std::string_view sql,
                                std::vector<protocol::PlanRelation> tables,
                                const std::string& why) {
  protocol::PlanTree tree;
  tree.engine = server.engine;
  tree.version = server.version;
  tree.sql = sql;
  tree.format = protocol::PlanFormat::text;
  tree.warnings.push_back(
      "This is not the server's plan, but the rows of the tables as the "
      "catalogue has them. The server gave none: " +
      why);
  tree.root = {.id = 0,
               .operation = "Row estimates",
               .category = protocol::PlanCategory::other,
               .approximate = true};
  std::int64_t id = 0;
  for (const protocol::PlanRelation& table : tables)
    tree.root.children.push_back({.id = ++id,
                                  .operation = "Table",
                                  .category = protocol::PlanCategory::other,
                                  .relation = table.name,
                                  .estimatedRows = table.rows,
                                  .approximate = true});
  tree.relations = std::move(tables);
  return tree;
}

}  // namespace mydba::plan
