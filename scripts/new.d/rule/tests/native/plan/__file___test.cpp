#include "native/catch.h"
#include "plan/derive.h"
#include "plan/grade.h"

using namespace mydba;

namespace {

bool reported(protocol::PlanTree tree) {
  plan::derive(tree);
  for (const protocol::Finding& finding : plan::grade(tree))
    if (finding.id == "__id__") return true;
  return false;
}

}  // namespace

TEST_CASE("__id__: a bad plan is reported") {
  protocol::PlanTree bad;
  bad.engine = "postgres";
  CHECK(reported(bad));
}

TEST_CASE("__id__: a good plan is not") {
  protocol::PlanTree good;
  good.engine = "postgres";
  CHECK_FALSE(reported(good));
}
