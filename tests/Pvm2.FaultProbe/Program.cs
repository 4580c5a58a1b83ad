using Pvm2.FaultProbe;

return args switch
{
    ["turns"] => FaultTurns.Run(),
    ["overflow"] => StackOverflow.Run(),
    ["support"] => SupportReport.Run(),
    ["windows"] => WindowShortage.Run(),
    _ => throw new ArgumentException("The argument is 'turns', 'overflow', 'support' or 'windows'."),
};
