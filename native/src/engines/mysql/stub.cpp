#include "engines/mysql/catalogue.h"
#include "engines/mysql/explainer.h"
#include "engines/mysql/plan_readers.h"
#include "engines/mysql/processes.h"
namespace mydba::mysql {
std::unique_ptr<Catalogue> makeCatalogue(Session&) { return nullptr; }
std::unique_ptr<Explainer> makeExplainer(Session&) { return nullptr; }
std::unique_ptr<Processes> makeProcesses(Session&) { return nullptr; }
Result<protocol::PlanTree> readMysqlJson(std::string_view) { return Error{}; }
Result<protocol::PlanTree> readMariadbPlan(std::string_view) { return Error{}; }
}  // namespace mydba::mysql
