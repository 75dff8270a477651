#include "engines/mysql/explainer.h"
#include "engines/mysql/plan_readers.h"
namespace mydba::mysql {
std::unique_ptr<Explainer> makeExplainer(Session&) { return nullptr; }
Result<protocol::PlanTree> readMysqlJson(std::string_view) { return Error{}; }
Result<protocol::PlanTree> readMariadbPlan(std::string_view) { return Error{}; }
}  // namespace mydba::mysql
