namespace Truststore.Tests.Linux.Differential;

/// <summary>Everything that is varied.</summary>
internal static class ChainChanges
{
    internal static IReadOnlyList<ChainChange> All { get; } =
    [
        .. ValidityChanges.All, .. AuthorityChanges.All, .. UsageChanges.All, .. ExtensionChanges.All, .. NameConstraintChanges.All, .. HostChanges.All,
        .. KeyChanges.All, .. IdentifierChanges.All, .. PathChanges.All, .. AnchorChanges.All, .. PolicyChanges.All,
    ];

    /// <summary>The plan with a number: the changes take turns at being the first one, and chance adds others.</summary>
    internal static ChainPlan Plan(int number)
    {
        var plan = new ChainPlan(number);
        var count = plan.Pick(1, 1, 1, 1, 1, 2, 2, 2, 3, 4);
        for (var i = 0; i < count; i++)
        {
            var change = i == 0 ? All[number % All.Count] : plan.Pick(All);
            plan.Changes.Add(change.Name);
            change.Apply(plan);
        }

        return plan;
    }
}
