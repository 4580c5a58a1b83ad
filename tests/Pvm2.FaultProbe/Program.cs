using Pvm2.FaultProbe;

return args switch
{
    ["turns"] => FaultTurns.Run(),
    ["overflow"] => StackOverflow.Run(),
    _ => throw new ArgumentException("The argument is 'turns' or 'overflow'."),
};
