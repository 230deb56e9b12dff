namespace Truststore.Tests;

/// <summary>The measure that tests of growth go by.</summary>
internal sealed class GrowthOfARoundTests
{
    [TestCase(new long[] { 10, 20, 30, 40, 50 }, 10, TestName = "OfARound_EveryRoundGrows_IsTheGrowth")]
    [TestCase(new long[] { 10, 10, 500, 500, 500 }, 0, TestName = "OfARound_OneStep_IsNone")]
    [TestCase(new long[] { 10, 20, 500, 510, 520 }, 10, TestName = "OfARound_GrowthAndAStep_IsTheGrowth")]
    [TestCase(new long[] { 10, 500, 20, 30, 40 }, 10, TestName = "OfARound_GrowthAndAPeak_IsTheGrowth")]
    [TestCase(new long[] { 50, 40, 30, 20, 10 }, -10, TestName = "OfARound_EveryRoundShrinks_IsNegative")]
    [TestCase(new long[] { 10, 14, 20 }, 5, TestName = "OfARound_TwoRounds_IsTheMiddle")]
    public void OfARound_Levels_IsTheMedianOfTheDifferences(long[] levels, double expected) => Assert.That(Growth.OfARound(levels), Is.EqualTo(expected));
}
